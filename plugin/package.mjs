/**
 * node plugin/package.mjs [deploy|zip] [origin …]
 *
 * `deploy` copies the built plugin into the branding bundle, `zip` packs the bundle as it is; without
 * either, both. The origins come from the arguments, or from ORIGINS, separated by spaces; the dialect
 * the plugin starts in comes from DIALECT.
 */
import {deploy, zip} from './bundle.mjs';
import {originsOf} from './origins.mjs';

const STEPS = ['deploy', 'zip'];

const args = process.argv.slice(2);
const step = STEPS.includes(args[0]) ? args.shift() : undefined;
const origins = originsOf(args);
const dialect = process.env.DIALECT || undefined;

const EXAMPLE = 'make package ORIGINS="https://app.example.com"';
const WITHOUT_ORIGINS = `Warning: packaged without the origins of your pages.
  Works: the Chat button, its badge, connected and disconnected, for any page that embeds the meeting.
  Does not work: dialling out, the roster, controls, and everything else that comes after hello.
  To have it all: ${EXAMPLE}`;

try {
  if (step !== 'zip') {
    deploy(process.cwd(), origins, dialect);
    if (dialect === 'videoconf') console.log('Starts in the dialect rocketchat:videoconf/');
    if (origins.length) console.log(`For the pages of ${origins.join(' ')}`);
    else console.warn(WITHOUT_ORIGINS);
  }
  if (step !== 'deploy') {
    console.log(`${zip(process.cwd())}
Next: upload it to Pexip Infinity as a Web App 3 branding package (Management Node, Web App > Web App
Branding), and add it to the path of your meetings, such as /webapp3.`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
