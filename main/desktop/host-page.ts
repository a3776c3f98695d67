/** What the desktop says in a window while there is no page of the backend to show, in both languages. */
export interface Said {
	readonly id: string;
	readonly en: string;
	/** In words of the program: a file, a line, a process. */
	readonly detail: string | null;
}

/**
 * A page of the host itself: no script, nothing of a network, the look of the application. It goes as soon as there is another.
 * @returns its address
 */
export function hostPage({ id, en, detail }: Said): string {
	return `data:text/html;charset=utf-8,${encodeURIComponent(
		`<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>BLC Command</title>
<style>
:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f4f6f8, #0b1016); color: light-dark(#16202a, #e6edf3) }
main { max-width: 42rem; padding: 2rem }
h1 { font-size: 1.4rem; margin: 0 0 1rem }
p { margin: 0 0 1rem; white-space: pre-line }
[lang=en] { opacity: .75 }
pre { padding: 1rem; border: 1px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: .3rem; white-space: pre-wrap; overflow-wrap: anywhere }
</style>
<main role="alert">
<h1>BLC Command</h1>
<p>${text(id)}</p>
<p lang="en">${text(en)}</p>${detail === null ? "" : `\n<pre>${text(detail)}</pre>`}
</main>
</html>
`,
	)}`;
}

/** Whether a window shows a page of the host. */
export function isHostPage(url: string): boolean {
	return url.startsWith("data:");
}

const SIGNS: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
};

function text(words: string): string {
	return words.replace(/[&<>"]/g, (sign) => SIGNS[sign] as string);
}
