import {X509Certificate, createPrivateKey} from 'node:crypto';
import {chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {generate} from 'selfsigned';

const DAY = 24 * 60 * 60 * 1000;
// The most that browsers of Apple take from any authority.
const LIFETIME = 397 * DAY;
// One that ends in the middle of a working day would surprise.
const REST = DAY;

const NAMES = [
  {type: 2, value: 'localhost'},
  {type: 7, ip: '127.0.0.1'},
  {type: 7, ip: '::1'},
];
const EXTENSIONS = [
  // No authority: whoever trusts it trusts this server, and nothing that its key could sign.
  {name: 'basicConstraints', cA: false, critical: true},
  {name: 'keyUsage', digitalSignature: true, critical: true},
  {name: 'extKeyUsage', serverAuth: true},
  {name: 'subjectAltName', altNames: NAMES},
];

const isGood = ({key, cert}) => {
  const certificate = new X509Certificate(cert);
  return (
    certificate.checkPrivateKey(createPrivateKey(key)) &&
    Date.parse(certificate.validTo) - Date.now() > REST
  );
};

/** What is there, if it is whole and still valid. */
const read = (files) => {
  try {
    const pair = {key: readFileSync(files.key, 'utf8'), cert: readFileSync(files.cert, 'utf8')};
    return isGood(pair) ? pair : undefined;
  } catch {
    return undefined;
  }
};

const make = async (folder, files) => {
  const notBeforeDate = new Date();
  const made = await generate([{name: 'commonName', value: 'localhost'}], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate,
    notAfterDate: new Date(notBeforeDate.getTime() + LIFETIME),
    extensions: EXTENSIONS,
  });
  mkdirSync(folder, {recursive: true, mode: 0o700});
  // A file that is there would keep its own mode.
  rmSync(files.key, {force: true});
  writeFileSync(files.key, made.private, {mode: 0o600});
  writeFileSync(files.cert, made.cert);
  return {key: made.private, cert: made.cert};
};

/**
 * The self-signed certificate of the development server, for `localhost`, `127.0.0.1` and `::1`. It is
 * kept in the folder, so that a browser is told once to accept it; it is made anew when it is missing,
 * damaged or about to end. Needs no network and no openssl.
 *
 * @param {string} folder where key.pem (readable by its owner only) and cert.pem are kept
 * @returns {Promise<{key: string, cert: string, isNew: boolean}>} as PEM
 */
export const ensureCertificate = async (folder) => {
  const files = {key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem')};
  const kept = read(files);
  if (!kept) return {...(await make(folder, files)), isNew: true};
  chmodSync(files.key, 0o600);
  return {...kept, isNew: false};
};
