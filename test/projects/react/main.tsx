import {StrictMode} from 'react';
import {createRoot} from 'react-dom/client';

import {Page} from './page.js';

const settings = (await (await fetch('settings.json')).json()) as {broker: string};

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <Page broker={settings.broker} />
  </StrictMode>,
);
