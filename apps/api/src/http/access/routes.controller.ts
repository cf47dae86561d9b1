import { Controller, Get, Inject } from '@nestjs/common';
import { Operation } from '../openapi/operation.js';
import { ROUTE_TABLE } from '../parts.js';
import { routeListSchema } from './access.contract.js';
import type { RouteTable } from './route-table.js';

/** The inventory of this API. */
@Controller('api/v1/access/routes')
export class RoutesController {
  constructor(@Inject(ROUTE_TABLE) private readonly table: RouteTable) {}

  @Get()
  @Operation({
    id: 'listRoutes',
    tag: 'Access',
    summary: 'Every route that this node serves, and what it needs.',
    access: 'identified',
    answer: routeListSchema,
  })
  routes() {
    return {
      items: this.table.routes().map(({ access, ...route }) => ({ ...route, access: access ?? 'undeclared' })),
    };
  }
}
