import {showChat} from './settings.js';
import {viewChoice} from './view-choice.js';

const pane = document.getElementById('pane');
viewChoice(pane, document.getElementById('view'));
showChat(pane);
