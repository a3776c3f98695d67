import type { Person } from "../../../core/access/person.ts";
import { DEVICE_ROLES } from "../../../core/access/role.ts";
import type { Queries } from "../../../core/api/all.ts";
import type { PairedDevice } from "../../../core/api/devices.ts";
import { routesOfScenes } from "../../../core/api/panel-routes.ts";
import type { Session } from "../../../core/api/session.ts";
import type { State } from "../../../core/api/state.ts";
import {
	type DisplayGrid,
	gridFor,
	resolved,
} from "../../../core/wall/grid.ts";
import type { Playlist } from "../../../core/wall/playlist.ts";
import {
	readyPlaylist,
	readyScenes,
	withReady,
} from "../../../core/wall/ready-scenes.ts";
import type { Scene } from "../../../core/wall/scene.ts";
import type { Show } from "../../../core/wall/show.ts";
import { scenesShown } from "../../../core/wall/shown-scenes.ts";
import type { Raised } from "../../../core/wall/trigger.ts";
import { Refusal } from "../query/refusal.ts";

/** A display shows, a remote leads; neither is a person. */
export function deviceAsPerson({ kind, name, scope }: PairedDevice): Person {
	return {
		name: "",
		display: name,
		role: kind === "display" ? "wall" : "remote",
		scope,
	};
}

/** Whether somebody is given what the panels of walls need, and nothing else. */
export function isOfWalls({ role }: Person): boolean {
	return DEVICE_ROLES.includes(role);
}

/** As what a device is known to its own window. */
export function sessionOfDevice(
	device: PairedDevice,
	dataset: State["dataset"],
): Session {
	return {
		person: deviceAsPerson(device),
		...{ offline: false, endsAt: null, ended: null },
		exercise: dataset?.exercise ?? false,
		outbox: { kind: "kept" },
	};
}

/** Where the window of a device begins that was opened without an address. */
export function addressOfDevice({ kind }: PairedDevice): string {
	return `#/dinding?wall=1${kind === "remote" ? "&remote=1" : ""}`;
}

interface Kept {
	readonly scenes: readonly Scene[];
	readonly playlists: readonly Playlist[];
	readonly grids: readonly DisplayGrid[];
}

/**
 * The scenes that a device may come to show. A remote leads all of them; so does a window at which the role of a wall was taken.
 * @param walls those kept here; what ships is added
 * @param led the playlist that a presenter leads; null: none
 */
export function scenesFor(
	device: PairedDevice | null,
	{ scenes, playlists, grids }: Kept,
	led: string | null,
): Scene[] {
	// Those that ship are the same in each language but for their names.
	const all = {
		scenes: withReady(readyScenes("id"), scenes),
		playlists: withReady([readyPlaylist("id")], playlists),
	};
	if (device?.kind !== "display") return [...all.scenes];
	const { show } = resolved(grids, device.show);
	return show === null ? [] : scenesShown(all, show, led);
}

/** What of the walls kept here a device is given: what it may come to show. */
export function wallsFor(
	device: PairedDevice,
	kept: Kept,
	led: string | null,
): Kept {
	if (device.kind !== "display") return kept;
	const shown = new Set(scenesFor(device, kept, led).map(({ id }) => id));
	const { standing } = resolved(kept.grids, device.show);
	const runs = playlistsOf(device, kept, led);
	return {
		grids: standing ? [gridFor(standing.grid, standing.cell.key)] : [],
		scenes: kept.scenes.filter((scene) => shown.has(scene.id)),
		playlists: kept.playlists.filter(({ id }) => runs(id)),
	};
}

/** Which playlists a display may run. */
function playlistsOf(
	device: PairedDevice,
	{ grids }: Kept,
	led: string | null,
): (id: string) => boolean {
	const [kind, own] = (resolved(grids, device.show).show ?? "scene").split(".");
	return (id) =>
		kind === "" || (kind === "playlist" && [own, led].includes(id));
}

/** Of the triggers whose rules hold those that may bring something up on a device: what is shown elsewhere, and why, is not its business. */
export function raisedFor(
	device: PairedDevice | null,
	kept: Kept,
	led: string | null,
	raised: readonly Raised[],
): Raised[] {
	if (device?.kind !== "display") return [...raised];
	const scenes = new Set(scenesFor(device, kept, led).map(({ id }) => id));
	const runs = playlistsOf(device, kept, led);
	return raised.filter(
		({ playlist, scene }) => runs(playlist) && scenes.has(scene),
	);
}

/** The show as a device or (null) a window is told of it: whose order holds is for whoever leads, and stands on no wall. */
export function showFor(
	device: Pick<PairedDevice, "kind"> | null,
	show: Show,
): Show {
	return device?.kind === "display" ? { ...show, by: "" } : show;
}

/** @throws Refusal 403 unless one of the panels needs the route */
export function admitToPanels(
	route: keyof Queries,
	path: string,
	scenes: readonly Scene[],
): void {
	if (routesOfScenes(scenes).has(route)) return;
	throw new Refusal(
		403,
		"not-allowed",
		`${path}: no panel of what this wall shows needs it`,
	);
}
