import {MeteorError} from './meteor-error.js';
import type {RestCall} from './routes/route.js';
import {sha256} from './users.js';

// No one-time passwords are set up here: the password is the second factor, as the real server falls
// back on it.
const DETAILS = {method: 'password', codeGenerated: false, availableMethods: []};

/**
 * Demands the second factor by `x-2fa-code` and `x-2fa-method`. Spared are the calls by a personal
 * access token that was made with `bypassTwoFactor`.
 */
export const assertTwoFactor = ({login, headers, workspace}: RestCall): void => {
  if (!login || !workspace.settings.get('Accounts_TwoFactorAuthentication_Enabled')) return;
  const {user, token} = login;
  if (user.tokens.get(token)?.bypassTwoFactor) return;
  const {'x-2fa-code': code, 'x-2fa-method': method} = headers;
  if (!code) throw new MeteorError('totp-required', 'TOTP Required', DETAILS);
  if (method !== 'password' || code !== sha256(user.password)) {
    throw new MeteorError('totp-invalid', 'TOTP Invalid', {method: DETAILS.method});
  }
};
