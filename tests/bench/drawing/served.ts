import type { BrowserContext, Page } from "@playwright/test";
import { build, type Rolldown } from "vite";

/** Opens a page of a bench at the address of a workstation, as whoever has signed in there. */
export async function openBenchPage(
	context: BrowserContext,
	origin: string,
	entry: string,
): Promise<Page> {
	const built = (await build({
		configFile: false,
		logLevel: "error",
		define: { "process.env.NODE_ENV": '"production"' },
		build: {
			write: false,
			lib: { entry, formats: ["es"], fileName: "page" },
		},
	})) as Rolldown.RolldownOutput[];
	const files = new Map(
		built[0]?.output.map((file) => [
			file.fileName,
			file.type === "chunk" ? file.code : Buffer.from(file.source),
		]),
	);
	await context.route(`${origin}/bench/**`, (route) => {
		const name = new URL(route.request().url()).pathname.replace("/bench/", "");
		if (name === "")
			return route.fulfill({
				contentType: "text/html",
				body: '<body style="margin:0"><script type="module" src="page.js"></script>',
			});
		const body = files.get(name);
		return body === undefined
			? route.fulfill({ status: 404 })
			: route.fulfill({ contentType: "text/javascript", body });
	});
	const page = await context.newPage();
	await page.goto(`${origin}/bench/`);
	return page;
}
