/** Where everything is. What begins with one of these belongs to the API; the rest to the chat app. */
export const pluginPath = '/plugins/whatsapp';
export const webhookPath = `${pluginPath}/webhook`;
export const graphqlPath = '/graphql';
export const sessionPath = '/session';
export const metricsPath = '/metrics';

export function belongsToApi(path: string): boolean {
  return ['/plugins', graphqlPath, sessionPath, metricsPath].some(
    (root) => path === root || path.startsWith(`${root}/`),
  );
}
