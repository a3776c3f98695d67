import { Diagnostics, Installation } from "../../core/api/installation.ts";
import { ask } from "../state/ask.ts";
import { useConnection } from "../state/connection.ts";
import { displaysToFill, saveFile } from "../state/desktop.ts";

/** What draws the maps, as the driver calls itself. */
function graphics(): string | null {
	const gl = document.createElement("canvas").getContext("webgl2");
	if (!gl) return null;
	const told = gl.getExtension("WEBGL_debug_renderer_info");
	const name = told
		? gl.getParameter(told.UNMASKED_RENDERER_WEBGL)
		: gl.getParameter(gl.RENDERER);
	gl.getExtension("WEBGL_lose_context")?.loseContext();
	return String(name);
}

/**
 * Saves what somebody who looks after this workstation needs to know of it, as one file of JSON: versions, graphics, displays, the state of
 * synchronisation, the ends of the logs, which crash reports there are. No figure of the dataset and no secret is in it.
 */
export async function saveDiagnostics(now: Date): Promise<void> {
	const [installation, { logs, crashes, ...backend }, displays] =
		await Promise.all([
			ask(Installation, {}),
			ask(Diagnostics, {}),
			displaysToFill(),
		]);
	const { state, lostAt } = useConnection.getState();
	const bundle = {
		at: now.toISOString(),
		installation,
		backend,
		synchronisation: state?.sync ?? null,
		publication: state?.dataset
			? { epoch: state.dataset.epoch, seq: state.dataset.seq }
			: null,
		lostAt,
		window: {
			browser: navigator.userAgent,
			width: innerWidth,
			height: innerHeight,
			scale: devicePixelRatio,
			graphics: graphics(),
		},
		displays,
		crashes: crashes.map(({ at, ...report }) => ({
			...report,
			at: new Date(at).toISOString(),
		})),
		logs,
	};
	await saveFile(
		`blc-diagnostik-${now.toISOString().slice(0, 16).replace(/\D/g, "")}.json`,
		`${JSON.stringify(bundle, null, "\t")}\n`,
		"application/json",
	);
}
