/** What the page says about the code that was tried; null: none was. */
type Said = "wrong" | "wait" | "too-many" | null;

const SAYS: Record<NonNullable<Said>, string> = {
	wrong:
		"Kode itu salah, sudah dipakai, atau sudah lewat lima menit. Minta kode baru di meja Dinding. / That code is wrong, used, or older than five minutes. Ask for a new one at the desk of the walls.",
	wait: "Terlalu banyak kode salah. Tunggu lima menit. / Too many wrong codes. Wait five minutes.",
	"too-many":
		"Sudah terlalu banyak perangkat. Cabut beberapa di meja Dinding. / There are too many devices. Revoke some at the desk of the walls.",
};

/**
 * The one page that a device without a credential is given: no script, no figure, no name. It states its own policy of referrers: under
 * `no-referrer` browsers send the origin of a form as `null`, which is refused.
 */
export function pairingPage(code: string, said: Said): string {
	const typed = /^[A-Za-z0-9-]{0,12}$/.test(code) ? code : "";
	return `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark">
<meta name="referrer" content="same-origin">
<title>BLC Command</title>
<style>
body { font: 18px/1.5 system-ui, sans-serif; background: #0f141a; color: #e8edf2; display: grid; place-items: center; min-height: 100vh; margin: 0 }
form { display: grid; gap: 1rem; max-width: 30rem; padding: 1.5rem }
h1 { font-size: 1.4rem; margin: 0 }
p { margin: 0 }
label { display: grid; gap: .4rem }
input { font: 700 2rem/1.2 ui-monospace, monospace; letter-spacing: .12em; text-transform: uppercase; padding: .6rem; background: #1b232c; color: inherit; border: 2px solid #6b7f92; border-radius: .4rem; width: 100%; box-sizing: border-box }
button { font: inherit; font-weight: 700; padding: .9rem; background: #3d8bd4; color: #06121d; border: 0; border-radius: .4rem; cursor: pointer }
:focus-visible { outline: 3px solid #ffd166; outline-offset: 2px }
[role=alert] { border-left: .4rem solid #ff8a5c; padding-left: .8rem }
small { color: #a9b8c6 }
</style>
</head>
<body>
<form method="post" action="/pair">
<h1>Sambungkan layar atau remote ini<br><small lang="en">Pair this display or remote</small></h1>
${said === null ? "" : `<p role="alert">${SAYS[said]}</p>\n`}<label>Kode dari meja Dinding <small lang="en">Code from the desk of the walls</small>
<input name="code" value="${typed}" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="12" required autofocus></label>
<button>Sambungkan · <span lang="en">Pair</span></button>
</form>
</body>
</html>
`;
}
