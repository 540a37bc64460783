import { problemFrom } from "@sergas/react";
import { ErrorBoundary } from "./layout/error-boundary";
import { Workspace } from "./layout/workspace";
import { ServerDown } from "./session/server-down";
import { SignIn } from "./session/sign-in";
import { Starting } from "./session/starting";
import { useServer } from "./session/use-server";
import { useToken } from "./session/use-token";

/** Who may come in: first the server has to answer, then it has to know the token. */
export function App() {
  const session = useToken();
  const { token, signIn } = session;
  const server = useServer(token);
  if (server.data !== undefined) {
    return (
      <ErrorBoundary>
        <Workspace session={session} server={server.data} />
      </ErrorBoundary>
    );
  }
  if (server.error === null) return <Starting />;
  const problem = problemFrom(server.error);
  if (problem.status === 401) return <SignIn isRefused={token !== undefined} onSignIn={signIn} />;
  return (
    <ServerDown problem={problem} isTrying={server.isFetching} onRetry={() => server.refetch()} />
  );
}
