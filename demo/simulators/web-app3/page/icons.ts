/** Names of Pexip's design tokens that this simulator knows, with the way it draws them (24 x 24). */
const ICONS: Readonly<Record<string, string>> = {
  IconAddSomeone:
    'M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM3 20c0-4 3-6 7-6 2 0 4 .5 5 1.5M19 15v6M16 18h6',
  IconBell: 'M6 17v-6a6 6 0 0 1 12 0v6l1.5 1.5h-15ZM10 21h4',
  IconCalendar: 'M4 6h16v14H4ZM4 10h16M8 3v4M16 3v4',
  IconChat: 'M4 5h16v11H11l-4.5 4v-4H4ZM8 9h8M8 12h5',
  IconDtmf: 'M6 6h.1M12 6h.1M18 6h.1M6 12h.1M12 12h.1M18 12h.1M6 18h.1M12 18h.1M18 18h.1',
  IconGroup:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 20c0-4 2.5-6 6-6s6 2 6 6M16 4.5a3.5 3.5 0 0 1 0 6.5M17.5 14.5c2.2.7 3.5 2.5 3.5 5.5',
  IconLeave: 'M10 4H5v16h5M10 12h10M16 8l4 4-4 4',
  IconLock: 'M6 11h12v9H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  IconMicrophoneOff:
    'M9 9v3a3 3 0 0 0 4.5 2.6M15 11V6a3 3 0 0 0-5.8-1M6 12a6 6 0 0 0 9 5.2M18 12v1M12 18v3M4 4l16 16',
  IconMicrophoneOn:
    'M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM6 12a6 6 0 0 0 12 0M12 18v3',
  IconParticipant: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM5 20c0-4 3-6 7-6s7 2 7 6',
  IconPhone:
    'M6 4h3l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2Z',
  IconPhoneTalk:
    'M6 4h3l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2ZM15 4a5 5 0 0 1 5 5',
  IconRaiseHand:
    'M7 13V6.5a1.5 1.5 0 0 1 3 0V11V4.5a1.5 1.5 0 0 1 3 0V11V6a1.5 1.5 0 0 1 3 0v8a6 6 0 0 1-6 6c-3 0-4.5-2-6-5 .5-1.5 2-2 3-2Z',
  IconSettings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  IconShare: 'M4 5h16v11H4ZM12 13V8M9.5 10.5 12 8l2.5 2.5M9 20h6',
  IconSpotlight: 'M12 4l2.3 5 5.2.6-3.9 3.6 1.1 5.3L12 15.8 7.3 18.5l1.1-5.3-3.9-3.6L9.7 9Z',
  IconUnlock: 'M6 11h12v9H6ZM8.5 11V8a3.5 3.5 0 0 1 6.5-1.8',
  IconVideoOff: 'M9 7h6v4l5-3v8M13.5 17H4V7h1M4 3l17 17',
  IconVideoOn: 'M4 7h11v10H4ZM15 11l5-3v8l-5-3Z',
};

/** Tells whether a plugin may use an icon of this name. */
export const isIconName = (name: unknown): name is string =>
  typeof name === 'string' && Object.hasOwn(ICONS, name);

/** Draws an icon for the eye only; a name that is unknown gives a dot. */
export const drawIcon = (name: string): SVGSVGElement => {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('icon');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', isIconName(name) ? (ICONS[name] ?? '') : 'M12 12h.1');
  svg.append(path);
  return svg;
};
