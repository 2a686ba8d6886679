// Checked as test/types/elements.ts is. Nothing here is ever run.
import type {
  DialRequest,
  PexipChatError,
  PexipChatRoomElement,
  PexipReadyEvent,
  RcChatPaneElement,
  RoomUnread,
} from 'pexip-chat-room';

import {exactly} from './expect.js';

export const ofTheRoom = (room: PexipChatRoomElement, signal: AbortSignal): void => {
  room.addEventListener(
    'pexip-chat-toggle-request',
    (event) => {
      exactly<boolean>()(event.detail.active);
      event.preventDefault();
      // @ts-expect-error: the request does not say who asks
      return event.detail.by;
    },
    {signal},
  );
  room.addEventListener('pexip-ready', (event) => {
    exactly<PexipReadyEvent>()(event);
    exactly<readonly string[]>()(event.detail.features);
  });
  room.addEventListener('pexip-chat-toggled', ({detail}) => {
    exactly<'toolbar' | 'page' | 'pane'>()(detail.by);
    // @ts-expect-error: read-only
    detail.active = false;
  });
  room.addEventListener('pexip-disconnected', ({detail}) => {
    exactly<boolean>()(detail.userInitiated);
  });
  room.addEventListener('pexip-dial-out-request', (event) => {
    const {request, requestId, origin} = event.detail;
    exactly<Readonly<DialRequest>>()(request);
    exactly<string>()(requestId);
    exactly<'page' | 'person' | 'service'>()(origin);
    // @ts-expect-error: a page refuses, it does not change
    request.destination = 'sip:somebody-else@example.com';
  });
  room.addEventListener('pexip-dial-out-succeeded', ({detail}) => {
    exactly<string>()(detail.uuid);
  });
  room.addEventListener('pexip-dial-out-failed', ({detail}) => {
    exactly<string>()(detail.requestId);
  });
  room.addEventListener('pexip-error', ({detail}) => {
    exactly<PexipChatError>()(detail.error);
  });
};

export const ofThePane = (pane: RcChatPaneElement): void => {
  pane.addEventListener('rc-unread-changed', ({detail}) => {
    exactly<number>()(detail.count);
    exactly<readonly RoomUnread[]>()(detail.rooms);
  });
  pane.addEventListener('rc-room-opened', ({detail}) => {
    exactly<'c' | 'p' | 'd' | 'discussion'>()(detail.type);
  });
  pane.addEventListener('rc-ready', ({detail}) => exactly<null>()(detail));
};

export const heardElsewhere = (element: HTMLElement): void => {
  element.addEventListener('rc-unread-changed', ({detail}) => detail.alert);
  document.addEventListener('pexip-connected', ({detail}) => detail.conferenceAlias);
  document.addEventListener('rc-pane-connect', ({detail}) => {
    exactly<HTMLElement>()(detail.pane);
    exactly<AbortSignal | void>()(detail.accept(element, new AbortController().signal));
  });
  // @ts-expect-error: not an event of ours, so that it has no detail
  element.addEventListener('pexip-joined', ({detail}) => detail);
};
