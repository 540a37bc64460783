/** Stands in for the diagram renderer of CopilotKit's Markdown: a diagram is shown as its text. */
const plainMermaid = {
  initialize: (): void => undefined,
  render: async (_id: string, chart: string): Promise<{ svg: string }> => ({
    svg: `<pre>${chart.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</pre>`,
  }),
};

// biome-ignore lint/style/noDefaultExport: the module that it stands in for has one.
export default plainMermaid;
