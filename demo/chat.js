import {showChat} from './settings.js';

showChat(document.getElementById('pane'));
