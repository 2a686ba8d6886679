#!/usr/bin/env node
import {VERSION} from '../src/version.js';

import {doctorArguments} from './arguments.js';
import {diagnose} from './doctor/index.js';
import {inviteArguments} from './invite/arguments.js';
import {invite} from './invite/index.js';
import {printedInvitation} from './invite/printed.js';
import {complain, print, takesColour} from './print.js';
import {reportOf, summaryOf} from './report.js';
import {UsageError} from './usage.js';

/** Of a defect here, as sysexits.h has it (EX_SOFTWARE): 1 is what a script takes for a finding. */
const FAILED = 70;

const HELP = `pexip-chat-room ${VERSION}

  pexip-chat-room doctor --node https://… --server https://… [options]
      Looks at a Conferencing Node, its plugin and a Rocket.Chat workspace, and
      says what is wrong and what to change. It changes nothing.

      --node <address>           the Conferencing Node
      --path <path>              branding path of Web App 3 (default webapp3)
      --server <address>         the Rocket.Chat workspace
      --page <address>           a page that embeds; may be repeated
      --broker <address>         the broker
      --user-id <id>             the service account, with its token in
                                 ROCKETCHAT_AUTH_TOKEN or --auth-token-file
      --auth-token-file <file>   the token of --user-id
      --ca <file>                authorities beside the usual ones, PEM
      --timeout <seconds>        for each answer (default 10)
      --json                     {findings, summary} for programs

      Exit status: 0 nothing is wrong, 1 something is, 2 it was called wrongly,
      70 it failed itself.

  pexip-chat-room invite --alias … --node https://… --server … [options]
  pexip-chat-room invite --template --server … [options]
      Prints the links by which people join a meeting, from Rocket.Chat and in a
      browser, and the HTML for an invitation. It asks nobody.

      --alias <alias>            of a personal or single-use VMR
      --node <address>           the Conferencing Node
      --server <address>         the Rocket.Chat workspace, or its host alone
      --path <path>              branding path of Web App 3 (default none)
      --icon <address>           the icon in the HTML
      --starts, --ends <time>    as 2026-01-31T09:00:00Z, for the calendar
      --title <text>             there (default Meeting)
      --template                 the joining instructions for Pexip's Secure
                                 Scheduler for Exchange, with its placeholders
      --html, --ics              the HTML, or the calendar file, alone
      --json                     {rocketChatUrl, webAppUrl, html, ics}

      Exit status: 0, 2 it was called wrongly, 70 it failed itself.

  pexip-chat-room broker [options]
      Starts the broker, if pexip-chat-room-broker is installed.

  pexip-chat-room --help | --version`;

const doctor = async (args: readonly string[]): Promise<number> => {
  const {options, json} = doctorArguments(args, process.env);
  const findings = await diagnose(options);
  const summary = summaryOf(findings);
  await print(
    json ? JSON.stringify({findings, summary}, null, 2) : reportOf(findings, takesColour()),
  );
  return summary.wrong > 0 ? 1 : 0;
};

/** Its own command reads the arguments, which begin behind `broker`. */
const broker = async (): Promise<number | undefined> => {
  process.argv.splice(2, 1);
  let command: URL;
  try {
    command = new URL('dist/bin.js', import.meta.resolve('pexip-chat-room-broker/package.json'));
  } catch {
    await complain(
      'The broker is not installed here. Install it beside this package: npm install pexip-chat-room-broker',
    );
    return 2;
  }
  await import(command.href);
  return;
};

const run = async ([command, ...args]: readonly string[]): Promise<number | undefined> => {
  if (command === '--version') await print(VERSION);
  else if (command === 'broker') return broker();
  else if (command === undefined || command === '--help' || args.includes('--help')) {
    await print(HELP);
  } else if (command === 'doctor') return doctor(args);
  else if (command === 'invite') {
    const {what, shown} = inviteArguments(args);
    await print(printedInvitation(invite(what), shown));
  } else throw new UsageError(`There is no command ${JSON.stringify(command.slice(0, 40))}.`);
  return command === undefined ? 2 : 0;
};

try {
  const status = await run(process.argv.slice(2));
  // A broker goes on.
  if (status !== undefined) process.exitCode = status;
} catch (error) {
  if (error instanceof UsageError) {
    await complain(`${error.message}\nnpx pexip-chat-room --help tells more.`);
    process.exitCode = 2;
  } else {
    const name = error instanceof Error ? error.name : typeof error;
    await complain(`The command itself failed (${name}), which is a defect. Please report it.`);
    process.exitCode = FAILED;
  }
}
