import type {Chat} from './chat.js';
import {element} from './dom.js';

const inputField = (label: string, attributes: Record<string, string>): HTMLElement =>
  element(
    'label',
    {class: 'field'},
    element('span', {}, label),
    element('input', {required: '', autocapitalize: 'none', spellcheck: 'false', ...attributes}),
  );

/** Rocket.Chat's own login form. */
export const loginForm = (chat: Chat): HTMLElement => {
  const username = {name: 'username', autocomplete: 'username'};
  const password = {name: 'password', type: 'password', autocomplete: 'current-password'};
  const problem = element('p', {class: 'problem', role: 'alert'});
  const form = element(
    'form',
    {class: 'login', 'aria-labelledby': 'login-title'},
    element('h1', {id: 'login-title'}, 'Login'),
    element('p', {class: 'hint'}, 'Sign in to your workspace to read and write messages.'),
    inputField('Email or username', username),
    inputField('Password', password),
    problem,
    element('button', {type: 'submit', class: 'primary'}, 'Login'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = new FormData(form);
    void chat.login(String(data.get('username')), String(data.get('password')));
  });
  chat.store.listen(({loginFailed}) => {
    const text = loginFailed ? 'User not found or incorrect password' : '';
    if (problem.textContent !== text) problem.textContent = text;
  });
  return element('div', {class: 'centre'}, form);
};
