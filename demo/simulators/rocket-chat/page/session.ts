/** Where Rocket.Chat's client keeps its login: the keys of Meteor's accounts package. */
const KEYS = {
  token: 'Meteor.loginToken',
  userId: 'Meteor.userId',
  expires: 'Meteor.loginTokenExpires',
} as const;

// A browser that blocks third-party storage throws at the first touch; the login then lives as long
// as the page.
const attempt = <T>(action: () => T): T | undefined => {
  try {
    return action();
  } catch {
    return;
  }
};

/** Keeps the login for the next load of the page. `expires` in epoch ms. */
export const storeLogin = (userId: string, token: string, expires: number): void => {
  attempt(() => {
    localStorage.setItem(KEYS.token, token);
    localStorage.setItem(KEYS.userId, userId);
    localStorage.setItem(KEYS.expires, String(new Date(expires)));
  });
};

/** The token of the last login, if there is one. */
export const storedToken = (): string | undefined =>
  attempt(() => localStorage.getItem(KEYS.token)) ?? undefined;

/** Forgets the login. */
export const forgetLogin = (): void => {
  attempt(() => {
    for (const key of Object.values(KEYS)) localStorage.removeItem(key);
  });
};
