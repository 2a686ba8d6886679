import {meetingApi} from './meeting-api.js';

/** Ms between two looks at who is there. */
const PAUSE = 1500;
/** Where a tab keeps the alias of its meeting, which goes on when the page is reloaded. */
const KEPT = 'meeting';
const HINT = 'Join it above. Others come by the link.';

const STATUS = {
  scheduled: 'Scheduled',
  waiting: 'Nobody has come yet',
  live: 'Live',
  ended: 'Ended: nobody can join any more',
};

const personOf = ({name, role, muted, presenting}) => {
  const item = document.createElement('li');
  const traits = [role === 'chair' && 'host', muted && 'muted', presenting && 'presenting'];
  // Text, whatever a name holds.
  item.textContent = [name || 'Nameless', ...traits.filter(Boolean)].join(', ');
  return item;
};

/**
 * Makes a meeting for the conversation, shows it in the room, and says how it goes. The meeting's own
 * discussion takes the conversation's place as soon as somebody is in it, and stays when it has ended.
 */
export const instantMeeting = ({room, pane, settings, accessToken}, parts) => {
  const {start, end, back, facts, sharing, link, copy, status, people, result} = parts;
  const api = meetingApi({broker: settings.broker, accessToken});
  let alias = '';
  let timer = 0;

  const show = (meeting) => {
    status.textContent = STATUS[meeting.status] ?? meeting.status;
    const {participants = []} = meeting;
    const listed = participants.length ? participants : [{name: 'Nobody'}];
    people.replaceChildren(...listed.map(personOf));
    const isOver = meeting.status === 'ended';
    if (isOver && [end, copy, link].includes(document.activeElement)) back.focus();
    end.hidden = isOver;
    sharing.hidden = isOver;
    if (meeting.status !== 'waiting' && result.textContent === HINT) result.textContent = '';
  };

  /** Says what went wrong; what was done before stays. */
  const attempt = async (action) => {
    try {
      await action();
    } catch (error) {
      result.textContent = error.message;
    }
  };

  const look = async (of) => {
    clearTimeout(timer);
    await attempt(async () => {
      const meeting = await api.look(of);
      if (of === alias) show(meeting);
    });
    if (of !== alias) return;
    clearTimeout(timer);
    timer = setTimeout(() => void look(of), PAUSE);
  };

  const enter = (meeting) => {
    ({alias} = meeting);
    sessionStorage.setItem(KEPT, alias);
    link.value = meeting.joinUrl;
    facts.hidden = false;
    back.hidden = false;
    end.hidden = false;
    start.hidden = true;
    result.textContent = HINT;
    // The address has the caller's own ticket: by it he is known in the meeting.
    room.setAttribute('url', meeting.element.url);
    pane.setAttribute('room', 'auto');
    show(meeting);
  };

  const begin = async () => {
    const others = ['alice', 'bob'].filter((name) => name !== settings.username);
    const meeting = await api.create({
      title: 'Consultation',
      room: settings.roomId,
      people: others,
    });
    enter(meeting);
    // Not on the button that ends it: who presses Enter twice would end what has just begun.
    copy.focus();
    await look(alias);
  };

  /** The meeting of before a reload, if it goes on. */
  const resume = async () => {
    const kept = sessionStorage.getItem(KEPT);
    const meeting = kept && (await api.look(kept).catch(() => undefined));
    if (!meeting?.element) return sessionStorage.removeItem(KEPT);
    enter(meeting);
    await look(alias);
  };

  const goBack = () => {
    clearTimeout(timer);
    alias = '';
    sessionStorage.removeItem(KEPT);
    facts.hidden = true;
    back.hidden = true;
    end.hidden = true;
    start.hidden = false;
    start.focus();
    result.textContent = '';
    room.removeAttribute('url');
    pane.setAttribute('room', `#${settings.room}`);
  };

  const finish = async () => {
    await api.end(alias);
    result.textContent = 'Those who are in it stay until they leave. The discussion stays.';
    await look(alias);
  };

  const copyLink = async () => {
    link.select();
    await navigator.clipboard.writeText(link.value);
    result.textContent = 'The link is in the clipboard.';
  };

  /** One thing after the other, however often somebody presses. */
  const onClick = (button, action) => {
    let isBusy = false;
    button.addEventListener('click', async () => {
      if (isBusy) return;
      isBusy = true;
      await attempt(action);
      isBusy = false;
    });
  };
  onClick(start, begin);
  onClick(end, finish);
  onClick(copy, copyLink);
  onClick(back, async () => goBack());
  void resume();
};
