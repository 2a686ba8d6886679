// Writes to the SQLite file of its argument until it is killed, and tells each number that has resolved.
import {openStore} from '../../broker/dist/store/open-store.js';

const store = await openStore({sqlite: process.argv[2]}, {});
for (let number = 0; ; number += 1) {
  await Promise.all([
    store.set(`pair ${number}`, `${number}`),
    store.put('group', `${number}`, 'x', 3_600_000),
    store.schedule('list', `${number}`, number),
    store.append('log', {at: number, value: `${number}`}),
  ]);
  process.stdout.write(`${number}\n`);
}
