import type {FastifyInstance, RouteOptions} from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** The routes that were added since `knownRoutes(app)`. */
    pexipChatRoomRoutes?: KnownRoutes;
  }
  interface FastifyContextConfig {
    /** `false`: no page asks here across origins (health, Pexip Infinity, links, servers). */
    readonly cors?: false;
  }
}

interface KnownRoute {
  readonly method: string;
  readonly segments: readonly string[];
  readonly cors: boolean;
}

/** Compares the segments of a route's pattern (`:name` is any, a last `*` all the rest) and a path. */
const fits = (pattern: readonly string[], path: readonly string[]): boolean => {
  const open = pattern.at(-1) === '*';
  if (open ? path.length < pattern.length : path.length !== pattern.length) return false;
  return pattern.every(
    (part, at) =>
      part === path[at] || (part === '*' && open) || (part.startsWith(':') && path[at] !== ''),
  );
};

const pathOf = (url: string): readonly string[] => (url.split(/[?#;]/, 1)[0] ?? '').split('/');

/** Which methods a path has: what Fastify's router does not tell. */
export class KnownRoutes {
  readonly #routes: KnownRoute[] = [];

  add({method, url, config}: RouteOptions): void {
    const methods = typeof method === 'string' ? [method] : method;
    const cors = config?.cors !== false;
    for (const each of methods) this.#routes.push({method: each, segments: url.split('/'), cors});
  }

  /** The methods of a path, in alphabetical order; none for an unknown one. */
  methods(url: string): readonly string[] {
    return [...new Set(this.#at(url).map(({method}) => method))].sort();
  }

  /** Whether a path has routes, and none of them is for pages of another origin. */
  isClosed(url: string): boolean {
    const routes = this.#at(url);
    return routes.length > 0 && routes.every(({cors}) => !cors);
  }

  #at(url: string): readonly KnownRoute[] {
    const path = pathOf(url);
    return this.#routes.filter(({segments}) => fits(segments, path));
  }
}

/** The list of an app's routes; notes those that are added from now on. */
export const knownRoutes = (app: FastifyInstance): KnownRoutes => {
  if (app.pexipChatRoomRoutes) return app.pexipChatRoomRoutes;
  const routes = new KnownRoutes();
  app.decorate('pexipChatRoomRoutes', routes);
  app.addHook('onRoute', (route) => routes.add(route));
  return routes;
};
