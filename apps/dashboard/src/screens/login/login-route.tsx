import { Navigate } from '@tanstack/react-router';
import { useAccess } from '../../app/use-access.js';
import { LoginPage } from './login-page.js';

/** The login at an address of its own, for nodes that show their pages to everybody: whoever is in goes on to the first page. */
export function LoginRoute() {
  const { session } = useAccess();
  return session === null || session === undefined ? <LoginPage /> : <Navigate to="/" replace />;
}
