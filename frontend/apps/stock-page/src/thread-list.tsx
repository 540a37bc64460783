import { useThreads } from "@copilotkit/react-core/v2";
import { AGENT } from "./agent";

export function ThreadList() {
  const { threads, error, renameThread, archiveThread, deleteThread, refetchThreads } = useThreads({
    agentId: AGENT,
  });
  return (
    <>
      <button type="button" onClick={() => refetchThreads()}>
        Look again
      </button>
      {error !== null && <p data-testid="thread-error">{error.message}</p>}
      <ul>
        {threads.map(({ id, name }) => (
          <li key={id} data-testid="thread" data-thread={id}>
            <span>{name}</span>
            <button type="button" onClick={() => void renameThread(id, "Renamed here")}>
              Rename
            </button>
            <button type="button" onClick={() => void archiveThread(id)}>
              Archive
            </button>
            <button type="button" onClick={() => void deleteThread(id)}>
              Delete
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
