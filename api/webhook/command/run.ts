import type { Config } from '../../config.ts';
import { StoreInUseError } from '../../errors.ts';
import type { Store } from '../../storage/store.ts';
import { longestJournalDays } from '../journal-days.ts';
import { parseArguments, usage } from './arguments.ts';
import type { JournalRequest } from './arguments.ts';
import type { JournalAccess } from './journal-access.ts';
import { createServedJournal } from './served-journal.ts';
import { createStoredJournal } from './stored-journal.ts';
import { entriesTable, entryPage, entryWithBodyPage, rejectionsTable } from './tables.ts';

export interface JournalCommandOptions {
  readonly config: () => Config;
  /** Makes none; rejects with StoreInUseError while a server has it open. */
  readonly openStore: (config: Config) => Promise<Store>;
  readonly output: Output;
}

export interface Output {
  print(text: string): void;
  complain(text: string): void;
  /** Of the terminal; null where the output goes elsewhere. */
  readonly columns: number | null;
}

/** 0: done; 1: not there; 2: not understood. Rejects with a StartError for what a person has to mend. */
export async function runJournalCommand(
  given: readonly string[],
  { config, openStore, output }: JournalCommandOptions,
): Promise<number> {
  const parsed = parseArguments(given);
  if ('problem' in parsed) {
    output.complain(`${parsed.problem}\n\n${usage}`);
    return 2;
  }
  const { request, asJson } = parsed;
  if (request.name === 'help') {
    output.print(usage);
    return 0;
  }
  const journal = await openJournal(config(), openStore);
  try {
    const answer = await answerTo(request, journal, output.columns);
    if (answer === null) {
      output.complain(
        `There is no such delivery; old ones are removed after WEBHOOK_JOURNAL_DAYS, those set aside after ${longestJournalDays} days.\n`,
      );
      return 1;
    }
    output.print(asJson ? `${JSON.stringify(answer.data, null, 2)}\n` : answer.text);
    return 0;
  } finally {
    await journal.stop();
  }
}

async function openJournal(
  config: Config,
  openStore: (config: Config) => Promise<Store>,
): Promise<JournalAccess> {
  try {
    return createStoredJournal(await openStore(config), config);
  } catch (error) {
    if (error instanceof StoreInUseError) return createServedJournal(config.http);
    throw error;
  }
}

interface Answer {
  readonly data: unknown;
  readonly text: string;
}

async function answerTo(
  request: Exclude<JournalRequest, { name: 'help' }>,
  journal: JournalAccess,
  columns: number | null,
): Promise<Answer | null> {
  switch (request.name) {
    case 'list': {
      const data = await journal.list(request.query);
      return { data, text: entriesTable(data, columns) };
    }
    case 'show': {
      const data = await journal.show(request.id);
      return data && { data, text: entryWithBodyPage(data) };
    }
    case 'replay': {
      const data = await journal.replay(request.id);
      return data && { data, text: entryPage(data) };
    }
    case 'rejections': {
      const data = await journal.rejections(request.limit);
      return { data, text: rejectionsTable(data, columns) };
    }
  }
}
