import {accessToken, settings} from './settings.js';

const {PexipChatRoom} = window;

await PexipChatRoom.create({broker: settings.broker, accessToken});
