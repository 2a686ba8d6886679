/** What browsers keep for a run: modules, which change in none, and are asked for by each page otherwise. */
const MODULES = /^\/(?:src|demo|test|node_modules|plugin|__wds-outside-root__)\/.*\.[mc]?[jt]s$/;

/** Has browsers keep modules. Not for `--watch`, in which they do change. */
export const keepModules = () => async (context, next) => {
  await next();
  if (context.status === 200 && MODULES.test(context.path))
    context.set('cache-control', 'max-age=86400');
};
