import {MeteorError} from './meteor-error.js';
import type {FileReference, Room} from './model.js';
import {randomId} from './random.js';
import type {SettingsStore} from './settings.js';
import type {User} from './users.js';

/** A file that was uploaded. */
export interface Upload extends FileReference {
  readonly rid: string;
  readonly userId: string;
  readonly content: Buffer;
}

const listed = (types: string, type: string): boolean =>
  types
    .split(',')
    .map((each) => each.trim())
    .some((each) => each === type || (each.endsWith('/*') && type.startsWith(each.slice(0, -1))));

/** The files of a workspace. */
export class Uploads {
  readonly #settings: SettingsStore;
  readonly #all = new Map<string, Upload>();

  constructor(settings: SettingsStore) {
    this.#settings = settings;
  }

  /** Keeps a file. Throws if the settings refuse it. */
  async take(user: User, room: Room, file: File): Promise<Upload> {
    const {name, size, type} = file;
    const setting = this.#settings;
    if (!setting.get('FileUpload_Enabled')) {
      throw new MeteorError('error-file-upload-disabled', 'File upload is disabled');
    }
    const most = setting.get('FileUpload_MaxFileSize');
    if (most >= 0 && size > most) {
      throw new MeteorError('error-file-too-large', `File exceeds allowed size of ${most} bytes`);
    }
    const allowed = setting.get('FileUpload_MediaTypeWhiteList');
    const refused = setting.get('FileUpload_MediaTypeBlackList');
    if ((allowed && !listed(allowed, type)) || listed(refused, type)) {
      throw new MeteorError('error-invalid-file-type', 'File type is not accepted');
    }
    const content = Buffer.from(await file.arrayBuffer());
    const upload = {_id: randomId(), name, size, type, rid: room._id, userId: user._id, content};
    this.#all.set(upload._id, upload);
    return upload;
  }

  /** Gives a file another name. */
  rename(upload: Upload, name: string): Upload {
    const renamed = {...upload, name};
    this.#all.set(upload._id, renamed);
    return renamed;
  }

  byId(id: string): Upload | undefined {
    return this.#all.get(id);
  }
}

/** Where a file is served. */
export const uploadPath = ({_id, name}: FileReference): string =>
  `/file-upload/${_id}/${encodeURIComponent(name)}`;
