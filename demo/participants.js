/** What can be asked for a participant: who may be asked, what the button says, what it does. */
const ACTIONS = [
  {
    feature: 'admit',
    may: ({isWaiting}) => isWaiting,
    words: () => 'Admit',
    run: (room, {uuid}) => room.admit(uuid),
  },
  {
    feature: 'mute',
    may: ({isWaiting, can}) => !isWaiting && can.mute,
    own: true,
    words: ({isMuted}) => (isMuted ? 'Unmute' : 'Mute'),
    run: (room, {uuid, isMuted}) => room.mute(uuid, !isMuted),
  },
  {
    feature: 'mute-video',
    may: ({isWaiting, can}) => !isWaiting && can.mute,
    own: true,
    words: ({isCameraMuted}) => (isCameraMuted ? 'Start video' : 'Stop video'),
    run: (room, {uuid, isCameraMuted}) => room.muteVideo(uuid, !isCameraMuted),
  },
  {
    feature: 'raise-hand',
    may: ({isWaiting, can}) => !isWaiting && can.raiseHand,
    own: true,
    words: ({raisedHand}) => (raisedHand ? 'Lower hand' : 'Raise hand'),
    run: (room, {uuid, raisedHand}) => room.raiseHand(uuid, !raisedHand),
  },
  {
    feature: 'spotlight',
    may: ({isWaiting, can}) => !isWaiting && can.spotlight,
    words: ({isSpotlight}) => (isSpotlight ? 'End spotlight' : 'Spotlight'),
    run: (room, {uuid, isSpotlight}) => room.spotlight(uuid, !isSpotlight),
  },
  {
    feature: 'set-role',
    may: ({isWaiting}) => !isWaiting,
    words: ({isHost}) => (isHost ? 'Make guest' : 'Make host'),
    run: (room, {uuid, isHost}) => room.setRole(uuid, isHost ? 'guest' : 'host'),
  },
  {
    feature: 'disconnect',
    may: ({can}, isSelf) => can.disconnect && !isSelf,
    words: () => 'Remove',
    run: (room, {uuid}) => room.disconnectParticipant(uuid),
  },
];

const traits = (participant, isSelf) =>
  [
    isSelf && 'you',
    participant.isHost && 'host',
    participant.isWaiting && 'in the lobby',
    participant.isPresenting && 'presenting',
    participant.isSpotlight && 'in the spotlight',
    participant.raisedHand && 'hand raised',
    participant.isMuted && 'muted',
    participant.isClientMuted && 'microphone off',
    participant.isCameraMuted && 'camera off',
  ].filter(Boolean);

/** One row of the list. It keeps its elements, so that a button keeps the focus, too. */
const makeRow = (ask) => {
  const row = document.createElement('li');
  const name = document.createElement('b');
  const about = document.createElement('small');
  const buttons = ACTIONS.map(({run}) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.addEventListener('click', () => ask((room) => run(room, row.participant)));
    return button;
  });
  const actions = document.createElement('div');
  actions.className = 'row';
  actions.append(...buttons);
  row.append(name, ' ', about, actions);

  const show = (participant, {features, self}) => {
    const isSelf = participant.uuid === self?.participantUuid;
    row.participant = participant;
    // Text, whatever a name holds.
    name.textContent = participant.displayName || 'Nameless';
    about.textContent = traits(participant, isSelf).join(', ');
    ACTIONS.forEach(({feature, may, own, words}, i) => {
      const permitted = self?.canControl || (own && isSelf);
      buttons[i].hidden = !features.includes(feature) || !permitted || !may(participant, isSelf);
      buttons[i].textContent = words(participant);
      buttons[i].ariaLabel = `${words(participant)}: ${name.textContent}`;
    });
  };
  return {row, show};
};

/** How many are listed; a page for thousands would list them as they are scrolled to. */
const MOST = 50;

/**
 * A panel with everybody in the meeting, opened by the meeting's Participants button or the page's.
 * It uses nothing but the room's public events, properties and methods.
 */
export const participantsPanel = (room, {panel, opener, list, more, muteAll, result}) => {
  const rows = new Map();

  const ask = async (control) => {
    result.textContent = '';
    try {
      await control(room);
    } catch (error) {
      result.textContent = error.message;
    }
  };

  const show = () => {
    const people = room.participants ?? [];
    const shown = people.slice(0, MOST);
    for (const [uuid, {row}] of rows) {
      if (shown.some((each) => each.uuid === uuid)) continue;
      row.remove();
      rows.delete(uuid);
    }
    shown.forEach((participant, i) => {
      if (!rows.has(participant.uuid)) rows.set(participant.uuid, makeRow(ask));
      const {row, show: showRow} = rows.get(participant.uuid);
      showRow(participant, room);
      if (list.children[i] !== row) list.insertBefore(row, list.children[i] ?? null);
    });
    more.textContent =
      people.length > MOST
        ? `and ${people.length - MOST} more`
        : people.length
          ? ''
          : 'Nobody is in the meeting.';
    opener.textContent = people.length ? `Participants (${people.length})` : 'Participants';
    opener.disabled = !room.features.includes('participants');
    muteAll.hidden = !room.features.includes('mute-all-guests') || !room.self?.canControl;
  };

  const open = (active) => {
    panel.hidden = !active;
    opener.ariaExpanded = String(active);
    if (room.features.includes('participants')) void ask(() => room.setParticipantsActive(active));
  };

  room.addEventListener('pexip-participants-toggle-request', ({detail}) => open(detail.active));
  // Tells the plugin that this page has a panel, so that it adds its button.
  for (const type of ['pexip-ready', 'pexip-features-changed'])
    room.addEventListener(type, () => open(!panel.hidden));
  for (const type of [
    'pexip-ready',
    'pexip-features-changed',
    'pexip-roster-changed',
    'pexip-self-changed',
    'pexip-disconnected',
  ]) {
    room.addEventListener(type, show);
  }
  opener.addEventListener('click', () => open(panel.hidden));
  muteAll.addEventListener('click', () => ask(() => room.muteAllGuests()));
  show();
};
