export default ({ html, head }: { html: string; head: string }) => `<!doctype html><html><head>${head}</head><body>${html}</body></html>`
