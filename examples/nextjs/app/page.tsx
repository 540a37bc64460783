import { Review } from "./review";

interface PageProps {
  readonly searchParams: Promise<{ readonly thread?: string }>;
}

/** The address names the conversation, so that a reload comes back to it. */
export default async function Page({ searchParams }: PageProps) {
  const { thread = "nextjs-example" } = await searchParams;
  return <Review threadId={thread} />;
}
