import { CreateChainIndex1795392000000 } from './1795392000000-create-chain-index.js';
import { CreateOwnRecords1795392000001 } from './1795392000001-create-own-records.js';
import { CreateTraceTables1795392000010 } from './1795392000010-create-trace-tables.js';
import { CreateNamedQueries1795392000020 } from './1795392000020-create-named-queries.js';
import { CreateEventFields1795392000030 } from './1795392000030-create-event-fields.js';
import { CreateRecalls1795392000040 } from './1795392000040-create-recalls.js';
import { AddCaptureRepairs1795392000050 } from './1795392000050-add-capture-repairs.js';
import { CreateVocabularies1795392000065 } from './1795392000065-create-vocabularies.js';
import { AddCapturedEvents1795392000066 } from './1795392000066-add-captured-events.js';
import { AddEventContexts1795392000067 } from './1795392000067-add-event-contexts.js';
import { CreateSubscriptions1795392000070 } from './1795392000070-create-subscriptions.js';
import { CreateGovernanceTables1795392000090 } from './1795392000090-create-governance-tables.js';
import { CreateAccess1795392000100 } from './1795392000100-create-access.js';
import { CreateInvitations1795392000110 } from './1795392000110-create-invitations.js';

/** Every migration, oldest first. One that is not listed does not run; a test compares the list with the folder. */
export const MIGRATIONS = [CreateChainIndex1795392000000, CreateOwnRecords1795392000001, CreateTraceTables1795392000010, CreateNamedQueries1795392000020, CreateEventFields1795392000030, CreateRecalls1795392000040, AddCaptureRepairs1795392000050, CreateVocabularies1795392000065, AddCapturedEvents1795392000066, AddEventContexts1795392000067, CreateSubscriptions1795392000070, CreateGovernanceTables1795392000090, CreateAccess1795392000100, CreateInvitations1795392000110];
