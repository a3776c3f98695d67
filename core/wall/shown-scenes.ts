import type { Playlist } from "./playlist.ts";
import type { Scene } from "./scene.ts";

/**
 * The scenes among which a display may come to show one: of a scene that one, of a playlist its own, of the playlist of the hour those of
 * all playlists; with those that a rule brings up while one runs.
 * @param show `scene.ID`, `playlist.ID`, or empty for the playlist of the hour
 * @param led the playlist that a presenter leads, in the place of any other; null: none
 */
export function scenesShown(
	{
		scenes,
		playlists,
	}: { scenes: readonly Scene[]; playlists: readonly Playlist[] },
	show: string,
	led: string | null,
): Scene[] {
	const [kind, id] = show.split(".");
	if (kind === "scene") return scenes.filter((scene) => scene.id === id);
	const run =
		kind === "playlist"
			? playlists.filter((playlist) => [id, led].includes(playlist.id))
			: playlists;
	const wanted = new Set(
		run.flatMap(({ entries, triggers }) =>
			[...entries, ...triggers].map(({ scene }) => scene),
		),
	);
	return scenes.filter((scene) => wanted.has(scene.id));
}
