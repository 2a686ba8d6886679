import type {AccessToken} from '../../transport/broker-client.js';

/** Two colours of the layout, as CSS writes them. */
export interface LayoutColours {
  readonly background?: string;
  readonly color?: string;
}

/** How the widget looks; each key is also a set of CSS custom properties. */
export interface WidgetLayout {
  readonly header?: LayoutColours;
  readonly headerButton?: LayoutColours;
  readonly body?: LayoutColours;
  readonly launcher?: Pick<LayoutColours, 'background'>;
  readonly messageSent?: LayoutColours;
  readonly messageReceived?: LayoutColours;
  readonly dial?: LayoutColours;
  readonly call?: LayoutColours;
  readonly feedback?: {readonly body?: LayoutColours; readonly buttons?: LayoutColours};
  readonly fontFamily?: string;
}

/** What the page tells of a user; whatever else it holds is for the page's own formatter. */
export interface UserDetails {
  readonly userAlias: string;
  /** Address of a picture: https, or `data:` with an image. */
  readonly image?: string;
  readonly [name: string]: unknown;
}

/** Tells of users; it is waited for 1,200 ms. */
export type UserDetailsProvider = (
  userAliases: readonly string[],
) => Promise<readonly UserDetails[]> | readonly UserDetails[];

/** What a user is called. */
export type UserDetailsFormatter = (user: UserDetails) => string;

/** The whiteboard's tools, which are not offered here. */
export interface WhiteboardTools {
  readonly wb_add_file?: boolean;
  readonly wb_cursor?: boolean;
  readonly wb_text?: boolean;
  readonly wb_shape?: boolean;
  readonly wb_pen?: boolean;
  readonly wb_eraser?: boolean;
}

/** What is on in chats and calls. Left out, all is; an empty object, nothing. */
export interface WidgetTools {
  readonly chat?: boolean;
  readonly screen_sharing?: boolean;
  readonly file_upload?: boolean;
  readonly whiteboard?: boolean | WhiteboardTools;
  readonly snapshot?: boolean;
  readonly live_edit?: boolean;
  readonly live_pointer?: boolean;
}

/** What is given to the widget as properties; all else stands in attributes. */
export interface WidgetProperties {
  /**
   * The application's own token of its user for the broker, or a function that gives it. Never told
   * again, so that it reads as undefined.
   */
  accessToken?: AccessToken | null | undefined;
  /** How the widget looks. */
  layout?: WidgetLayout | null | undefined;
  /** What is on in chats and calls; all if left out, nothing if it is an empty object. */
  tools?: WidgetTools | null | undefined;
  /** Tells of users by their aliases; after 1,200 ms what Rocket.Chat knows is shown. */
  userDetailsProvider?: UserDetailsProvider | null | undefined;
  /** What a user is called, by what is known of them; the name at Rocket.Chat if left out. */
  userDetailsFormatter?: UserDetailsFormatter | null | undefined;
}

/** What {@link WidgetOperations.create} takes. */
export interface WidgetOptions extends WidgetProperties {
  /** Address of the broker; else that of the script tag's `data-broker`. */
  broker?: string;
  /** Picks one of the brokers that `compat()` or the script tag names. */
  environment?: 'production' | 'sandbox';
  /** The application's cookie says who the user is, in the place of `accessToken`. */
  useCookie?: boolean;
  hidden?: boolean;
  chat?: boolean;
  /** How a conversation is shown. */
  view?: 'embed' | 'native';
  language?: string;
  callType?: 'audio_only' | 'audio_upgradable' | 'audio_video';
  /** The same. */
  call_type?: WidgetOptions['callType'];
  record?: boolean;
  /** The same. */
  recording?: boolean;
  recordingType?: 'automatic' | 'manual';
  isAdmin?: boolean;
  mode?: 'embed' | 'window';
  feedback?: boolean;
  virtualBackground?: false | 'blur' | 'image';
  screenSharingExtensionId?: string;
  screenSharingExtensionURL?: string;
  /** Deprecated: for the page's own `credentials()`. */
  userAlias?: string;
  /** Deprecated: for the page's own `credentials()`. */
  appId?: string;
}

/** What `compat('bandyer', …)` takes. */
export interface BandyerOptions {
  /** The broker of each environment. */
  readonly environments?: {readonly production?: string; readonly sandbox?: string};
  /** Gives the access token of a user whom the page names by `userAlias`. */
  readonly credentials?: (user: {
    readonly userAlias: string;
    readonly appId: string;
    readonly environment: string;
  }) => string | Promise<string>;
}
