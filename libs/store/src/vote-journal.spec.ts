import { withDirectory } from '../testing/fixture.js';
import { describeVoteJournal } from '../testing/vote-journal.contract.js';
import { openVoteJournal } from './vote-journal.js';

describeVoteJournal('LMDB', (body) =>
  withDirectory(async (directory) => {
    let journal = openVoteJournal(directory);
    try {
      await body({
        journal,
        async reopen() {
          await journal.close();
          journal = openVoteJournal(directory);
          return journal;
        },
      });
    } finally {
      await journal.close();
    }
  }),
);
