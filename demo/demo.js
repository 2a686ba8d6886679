import {dialBox} from './dial-box.js';
import {eventLog} from './event-log.js';
import {instantMeeting} from './instant-meeting.js';
import {participantsPanel} from './participants.js';
import {accessToken, settings, showChat} from './settings.js';
import {viewChoice} from './view-choice.js';

const byId = (id) => document.getElementById(id);
const room = byId('room');
const pane = byId('pane');

eventLog(byId('log'));
dialBox(room, byId('dial'), byId('hang-up'), byId('dial-result'));
participantsPanel(room, {
  panel: byId('people'),
  opener: byId('people-opener'),
  list: byId('people-list'),
  more: byId('people-more'),
  muteAll: byId('mute-all'),
  result: byId('people-result'),
});

const showNow = () => {
  byId('meeting-state').textContent = room.state;
  byId('chat-state').textContent = pane.state;
  const {count, alert} = pane.unread;
  byId('unread').textContent = count || (alert ? 'new' : '0');
};
for (const type of ['pexip-ready', 'pexip-connected', 'pexip-disconnected', 'pexip-error']) {
  room.addEventListener(type, showNow);
}
for (const type of ['rc-ready', 'rc-unread-changed', 'rc-logged-out', 'rc-error']) {
  pane.addEventListener(type, showNow);
}

pane.addEventListener('rc-connection-changed', ({detail}) => {
  byId('connection').textContent = detail.status;
});

byId('bob').href = settings.bob;
byId('reload').addEventListener('click', () => room.reload());
room.setAttribute('node', settings.node);
viewChoice(pane, byId('view'));
showChat(pane);
instantMeeting(
  {room, pane, settings, accessToken},
  {
    start: byId('start-meeting'),
    end: byId('end-meeting'),
    back: byId('leave-meeting'),
    facts: byId('meeting-facts'),
    sharing: byId('meeting-sharing'),
    link: byId('meeting-link'),
    copy: byId('copy-link'),
    status: byId('meeting-status'),
    people: byId('meeting-people'),
    result: byId('meeting-result'),
  },
);
