// The stock `HttpAgent` of one version of @ag-ui/client, able to join a thread: all it lacks is where to ask.

export async function newJoiningAgent(packageName, { connectUrl, ...config }) {
  const { HttpAgent, runHttpRequest, transformHttpEventStream } = await import(packageName);

  class JoiningAgent extends HttpAgent {
    connect(input) {
      const request = () => this.fetch(connectUrl, this.requestInit(input));
      return transformHttpEventStream(runHttpRequest(request));
    }
  }

  return new JoiningAgent(config);
}
