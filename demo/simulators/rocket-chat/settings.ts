/** The workspace settings that the simulator obeys, by Rocket.Chat's own names. */
export interface Settings {
  API_CORS_Origin: string;
  API_Enable_CORS: boolean;
  API_Enable_Rate_Limiter: boolean;
  API_Enable_Rate_Limiter_Limit_Calls_Default: number;
  /** Milliseconds. */
  API_Enable_Rate_Limiter_Limit_Time_Default: number;
  /** Whether avatars are only for whoever is signed in. */
  Accounts_AvatarBlockUnauthenticatedAccess: boolean;
  /** Days. */
  Accounts_LoginExpiration: number;
  Accounts_TwoFactorAuthentication_Enabled: boolean;
  Custom_Script_On_Logout: string;
  /** Off from the factory of this simulator, so that few tests meet it. */
  DDP_Rate_Limit_User_By_Method_Enabled: boolean;
  DDP_Rate_Limit_User_By_Method_Requests_Allowed: number;
  /** Milliseconds. */
  DDP_Rate_Limit_User_By_Method_Interval_Time: number;
  Discussion_enabled: boolean;
  /** Whether an encrypted room takes messages that are not. */
  E2E_Allow_Unencrypted_Messages: boolean;
  FileUpload_Enabled: boolean;
  /** Bytes. */
  FileUpload_MaxFileSize: number;
  /** Types between commas; such a file is refused. */
  FileUpload_MediaTypeBlackList: string;
  /** Types between commas; empty: all. */
  FileUpload_MediaTypeWhiteList: string;
  /** Whether a file is only for whoever is signed in and may read its room. */
  FileUpload_ProtectFiles: boolean;
  Iframe_Integration_receive_enable: boolean;
  /** `*`, or origins between commas, matched exactly: a space or final slash matches nothing. */
  Iframe_Integration_receive_origin: string;
  Iframe_Integration_send_enable: boolean;
  Iframe_Integration_send_target_origin: string;
  Iframe_Restrict_Access: boolean;
  Iframe_X_Frame_Options: string;
  Message_AllowDeleting: boolean;
  /** 0: at any time. */
  Message_AllowDeleting_BlockDeleteInMinutes: number;
  Message_AllowEditing: boolean;
  /** 0: at any time. */
  Message_AllowEditing_BlockEditInMinutes: number;
  Message_MaxAllowedSize: number;
  /** Whether messages tell that somebody has not read them; Enterprise only, so off on Community. */
  Message_Read_Receipt_Enabled: boolean;
  /** Whether a deleted message leaves an empty one of the kind `rm` behind. */
  Message_ShowDeletedStatus: boolean;
  /** The real server sets this by itself on large Community workspaces. */
  Presence_broadcast_disabled: boolean;
  Site_Name: string;
  /**
   * Where links to messages begin that become quotes. Empty from the start, unlike on a real server: any do,
   * as a simulator knows no proxy before it.
   */
  Site_Url: string;
  Threads_enabled: boolean;
  UI_Show_top_navbar_embedded_layout: boolean;
  /** Whether typing is told by the real name instead of the username. */
  UI_Use_Real_Name: boolean;
  Unread_Count:
    'all_messages' | 'user_mentions_only' | 'group_mentions_only' | 'user_and_group_mentions_only';
  Unread_Count_DM: 'all_messages' | 'mentions_only';
}

/** What a new Rocket.Chat workspace has: nothing of it allows embedding. */
export const FACTORY_SETTINGS: Readonly<Settings> = {
  API_CORS_Origin: '*',
  API_Enable_CORS: false,
  API_Enable_Rate_Limiter: true,
  API_Enable_Rate_Limiter_Limit_Calls_Default: 10,
  API_Enable_Rate_Limiter_Limit_Time_Default: 60_000,
  Accounts_AvatarBlockUnauthenticatedAccess: false,
  Accounts_LoginExpiration: 90,
  Accounts_TwoFactorAuthentication_Enabled: true,
  Custom_Script_On_Logout: '//Add your script',
  DDP_Rate_Limit_User_By_Method_Enabled: false,
  DDP_Rate_Limit_User_By_Method_Requests_Allowed: 20,
  DDP_Rate_Limit_User_By_Method_Interval_Time: 10_000,
  Discussion_enabled: true,
  E2E_Allow_Unencrypted_Messages: false,
  FileUpload_Enabled: true,
  FileUpload_MaxFileSize: 104_857_600,
  FileUpload_MediaTypeBlackList: 'image/svg+xml',
  FileUpload_MediaTypeWhiteList: '',
  FileUpload_ProtectFiles: true,
  Iframe_Integration_receive_enable: false,
  Iframe_Integration_receive_origin: '*',
  Iframe_Integration_send_enable: false,
  Iframe_Integration_send_target_origin: '*',
  Iframe_Restrict_Access: true,
  Iframe_X_Frame_Options: 'sameorigin',
  Message_AllowDeleting: true,
  Message_AllowDeleting_BlockDeleteInMinutes: 0,
  Message_AllowEditing: true,
  Message_AllowEditing_BlockEditInMinutes: 0,
  Message_MaxAllowedSize: 5000,
  Message_Read_Receipt_Enabled: false,
  Message_ShowDeletedStatus: false,
  Presence_broadcast_disabled: false,
  Site_Name: 'Rocket.Chat',
  Site_Url: '',
  Threads_enabled: true,
  UI_Show_top_navbar_embedded_layout: false,
  UI_Use_Real_Name: false,
  Unread_Count: 'user_and_group_mentions_only',
  Unread_Count_DM: 'all_messages',
};

const PUBLIC = [
  'Accounts_AvatarBlockUnauthenticatedAccess',
  'Accounts_LoginExpiration',
  'Custom_Script_On_Logout',
  'Discussion_enabled',
  'E2E_Allow_Unencrypted_Messages',
  'FileUpload_Enabled',
  'FileUpload_MaxFileSize',
  'FileUpload_MediaTypeBlackList',
  'FileUpload_MediaTypeWhiteList',
  'Iframe_Integration_receive_enable',
  'Iframe_Integration_receive_origin',
  'Iframe_Integration_send_enable',
  'Iframe_Integration_send_target_origin',
  'Message_AllowDeleting',
  'Message_AllowDeleting_BlockDeleteInMinutes',
  'Message_AllowEditing',
  'Message_AllowEditing_BlockEditInMinutes',
  'Message_MaxAllowedSize',
  'Message_Read_Receipt_Enabled',
  'Message_ShowDeletedStatus',
  'Presence_broadcast_disabled',
  'Site_Name',
  'Site_Url',
  'Threads_enabled',
  'UI_Show_top_navbar_embedded_layout',
  'UI_Use_Real_Name',
  'Unread_Count',
  'Unread_Count_DM',
] as const satisfies readonly (keyof Settings)[];

/** The settings that `settings.public` and the page may see. */
export type PublicSettings = Pick<Settings, (typeof PUBLIC)[number]>;

/** A workspace's settings, which count from the moment they are set. */
export class SettingsStore {
  readonly #initial: Settings;
  readonly #changed: () => void;
  #values: Settings;
  #version = 0;

  /** @param changed called after each change */
  constructor(overrides: Partial<Settings>, changed: () => void) {
    this.#initial = {...FACTORY_SETTINGS, ...overrides};
    this.#values = {...this.#initial};
    this.#changed = changed;
  }

  /** How many changes there have been, so that a test can wait until a page knows of one. */
  get version(): number {
    return this.#version;
  }

  get<Name extends keyof Settings>(name: Name): Settings[Name] {
    return this.#values[name];
  }

  /** Sets one setting. Throws a `TypeError` for an unknown name or a value of another type. */
  set<Name extends keyof Settings>(name: Name, value: Settings[Name]): void {
    if (!Object.hasOwn(FACTORY_SETTINGS, name)) throw new TypeError(`No setting ${name}.`);
    if (typeof value !== typeof FACTORY_SETTINGS[name]) {
      throw new TypeError(`${name} is a ${typeof FACTORY_SETTINGS[name]}.`);
    }
    this.#values[name] = value;
    this.#tell();
  }

  /** Goes back to the settings of the start. */
  reset(): void {
    this.#values = {...this.#initial};
    this.#tell();
  }

  /** The public settings, by name. */
  public(): PublicSettings {
    return Object.fromEntries(PUBLIC.map((name) => [name, this.#values[name]])) as PublicSettings;
  }

  #tell(): void {
    this.#version += 1;
    this.#changed();
  }
}
