import './page-types.js';
import {register} from './register.js';

// On a server there is nothing to define.
if (globalThis.customElements && globalThis.document) register();
