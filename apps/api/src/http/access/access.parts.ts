import { AuditController } from './audit.controller.js';
import { EnrolmentController } from './enrolment.controller.js';
import { OwnPasskeysController } from './own-passkeys.controller.js';
import { Passkeys } from './passkeys.js';
import { PeopleController } from './people.controller.js';
import { RoutesController } from './routes.controller.js';
import { ServiceAccountsController } from './service-accounts.controller.js';
import { SessionController } from './session.controller.js';
import { SessionsController } from './sessions.controller.js';

export const ACCESS_CONTROLLERS = [
  SessionController,
  OwnPasskeysController,
  SessionsController,
  EnrolmentController,
  PeopleController,
  ServiceAccountsController,
  AuditController,
  RoutesController,
];
export const ACCESS_PROVIDERS = [Passkeys];
