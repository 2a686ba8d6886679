import {randomBytes} from 'node:crypto';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** A secret as `openssl rand -base64 32` makes them. */
export const randomSecret = () => randomBytes(32).toString('base64');

/** The least that an operator must write, with fresh secrets. */
export const leastSettings = () => ({
  publicUrl: 'https://broker.example.com',
  origins: ['https://app.example.com'],
  secret: randomSecret(),
  store: {sqlite: join(tmpdir(), 'broker.sqlite')},
  rocketChat: {
    server: 'https://chat.example.com',
    userId: 'hsu2XjB7Fgy5sKzqP',
    authToken: randomBytes(32).toString('base64url'),
  },
  apiKeys: [randomSecret()],
});

/** Settings with another value at a path; `undefined` takes away what is there. */
export const withChange = (settings, path, value) => {
  const [name, ...rest] = path.split('.');
  if (rest.length)
    return {...settings, [name]: withChange(settings[name] ?? {}, rest.join('.'), value)};
  const {[name]: _old, ...others} = settings;
  return value === undefined ? others : {...others, [name]: value};
};

/** The problems for which settings are refused; none if they are taken. */
export const problemsOf = (read) => {
  try {
    read();
    return [];
  } catch (error) {
    if (error.name !== 'SettingsError') throw error;
    return error.problems;
  }
};
