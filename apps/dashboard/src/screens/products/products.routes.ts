import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { textParam } from '../../app/search-params.js';

const productsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/products',
  validateSearch: (search) => ({ ...textParam(search, 'filter'), ...textParam(search, 'sort') }),
  component: lazyRouteComponent(() => import('./products-page.js'), 'ProductsPage'),
});

const newProductRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/products/new',
  validateSearch: (search) => textParam(search, 'gtin'),
  component: lazyRouteComponent(() => import('./new-product-page.js'), 'NewProductPage'),
});

const importProductsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/products/import',
  validateSearch: (search) => ({ ...textParam(search, 'filter'), ...textParam(search, 'sort') }),
  component: lazyRouteComponent(() => import('./import/import-page.js'), 'ImportPage'),
});

const productRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/products/$gtin',
  component: lazyRouteComponent(() => import('./product-page.js'), 'ProductPage'),
});

const labelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/products/$gtin/labels',
  validateSearch: (search) => ({ ...textParam(search, 'lot'), ...textParam(search, 'serials') }),
  component: lazyRouteComponent(() => import('./labels/labels-page.js'), 'LabelsPage'),
});

export const productsRoutes = [productsRoute, newProductRoute, importProductsRoute, productRoute, labelsRoute] as const;
