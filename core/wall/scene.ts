import { z } from "zod";
import { PictureId } from "./picture.ts";

/** A scene fills a display without scrolling: so many columns and rows, each a share of it. */
export const GRID = { columns: 12, rows: 8 } as const;

export const MOST_PANELS = 12;
export const LONGEST_NOTES = 4000;
export const LONGEST_ADDRESS = 2000;

/**
 * What a panel is, and what follows from that. `of`: what it shows stands in the address of a screen; in a text or a picture of its own; or it needs
 * nothing. `map`: it draws on the graphics card. `over`: what becomes of it where it lies over the frames of displays: a picture goes on behind them; what
 * is read lies on one display, or its figures stand beside the frames, since half a figure is another one. `least`: the smallest that it can be read at, in
 * columns and rows.
 */
export const PANEL_KINDS = {
	kpi: { of: "address", map: false, over: "beside", least: [4, 1] },
	map: { of: "address", map: true, over: "goes-on", least: [4, 3] },
	"time-lapse": { of: "address", map: true, over: "goes-on", least: [4, 3] },
	spread: { of: "address", map: true, over: "goes-on", least: [4, 3] },
	curve: { of: "address", map: false, over: "one-display", least: [4, 2] },
	trend: { of: "address", map: false, over: "one-display", least: [3, 2] },
	rt: { of: "address", map: false, over: "one-display", least: [3, 2] },
	"rt-map": { of: "address", map: true, over: "goes-on", least: [4, 3] },
	projection: { of: "address", map: false, over: "one-display", least: [4, 3] },
	ranking: { of: "address", map: false, over: "one-display", least: [2, 2] },
	table: { of: "address", map: false, over: "one-display", least: [4, 3] },
	shortage: { of: "address", map: false, over: "one-display", least: [5, 3] },
	"first-out": {
		of: "address",
		map: false,
		over: "one-display",
		least: [4, 2],
	},
	"stock-map": { of: "address", map: true, over: "goes-on", least: [4, 3] },
	"plan-map": { of: "address", map: true, over: "goes-on", least: [4, 3] },
	laboratory: { of: "address", map: false, over: "one-display", least: [4, 2] },
	laboratories: {
		of: "address",
		map: false,
		over: "one-display",
		least: [5, 3],
	},
	facility: { of: "address", map: false, over: "one-display", least: [4, 3] },
	referral: { of: "address", map: false, over: "one-display", least: [5, 3] },
	"referral-map": { of: "address", map: true, over: "goes-on", least: [4, 3] },
	sources: { of: "nothing", map: false, over: "one-display", least: [3, 2] },
	clock: { of: "nothing", map: false, over: "one-display", least: [2, 1] },
	text: { of: "text", map: false, over: "one-display", least: [2, 1] },
	image: { of: "picture", map: false, over: "goes-on", least: [1, 1] },
} as const satisfies Record<
	string,
	{
		of: "address" | "text" | "picture" | "nothing";
		map: boolean;
		over: "goes-on" | "one-display" | "beside";
		least: readonly [number, number];
	}
>;
export type PanelKind = keyof typeof PANEL_KINDS;
export const PANEL_KEYS = Object.keys(PANEL_KINDS) as [
	PanelKind,
	...PanelKind[],
];

/**
 * A window has few contexts of the graphics card (browsers end the oldest of more than 16), and each map takes one, a comparison of Sebaran two: no more
 * than four for the scene that is seen and four for the one that is made ready behind it.
 */
export const MOST_MAPS = 2;

export const WallId = z.string().regex(/^[a-z0-9-]{1,40}$/);
export const WallName = z.string().trim().min(1).max(80);

/** Where a panel lies: its left upper corner and its size, in columns and rows. */
export const Place = z.strictObject({
	x: z
		.int()
		.min(0)
		.max(GRID.columns - 1),
	y: z
		.int()
		.min(0)
		.max(GRID.rows - 1),
	width: z.int().min(1).max(GRID.columns),
	height: z.int().min(1).max(GRID.rows),
});
export type Place = z.infer<typeof Place>;

export const ScenePanel = z.strictObject({
	id: WallId,
	kind: z.enum(PANEL_KEYS),
	/** The address of a screen with what is chosen there (`#/situasi?indicator=deaths`); empty where the kind needs none. */
	address: z.union([
		z.literal(""),
		z.string().startsWith("#/").max(LONGEST_ADDRESS),
	]),
	/** What a panel of text says, one paragraph a line; of a picture what is to be seen on it, for whoever does not see it. */
	text: z.string().max(2000),
	/** Of a panel with a picture that is kept beside the scenes. */
	picture: PictureId.optional(),
	/** Days after which what it shows is drawn as old; null: two days. */
	staleAfter: z.int().min(1).max(90).nullable(),
	place: Place,
});
export type ScenePanel = z.infer<typeof ScenePanel>;

/** What is wrong with an arrangement of panels. */
export type Fault = {
	kind: "outside" | "overlap" | "too-small" | "many-maps" | "same-id" | "empty";
	/** Ids of the panels that it is about. */
	panels: string[];
};

/** A saved arrangement of panels with a name. */
export const Scene = z
	.strictObject({
		id: WallId,
		name: WallName,
		panels: ScenePanel.array().max(MOST_PANELS),
		/** What whoever presents it wants to say, one thought a line; never on the wall. */
		notes: z.string().max(LONGEST_NOTES),
	})
	.superRefine((scene, context) => {
		for (const { kind, panels } of faultsOf(scene.panels))
			context.addIssue({
				code: "custom",
				path: ["panels"],
				message: `${kind}: ${panels.join(", ")}`,
			});
	});
export type Scene = z.infer<typeof Scene>;

/** The pictures that scenes show. */
export function picturesIn(
	scenes: readonly { readonly panels: readonly ScenePanel[] }[],
): string[] {
	return scenes.flatMap(({ panels }) =>
		panels.flatMap(({ picture }) => picture ?? []),
	);
}

/** The days after which a panel is drawn as old. */
export function staleAfter({ staleAfter }: ScenePanel): number {
	return staleAfter ?? 2;
}

function overlaps(a: Place, b: Place): boolean {
	return (
		a.x < b.x + b.width &&
		b.x < a.x + a.width &&
		a.y < b.y + b.height &&
		b.y < a.y + a.height
	);
}

/** What is wrong with an arrangement; none: it can be shown as it is. */
export function faultsOf(panels: readonly ScenePanel[]): Fault[] {
	const faults: Fault[] = [];
	const tell = (kind: Fault["kind"], found: readonly ScenePanel[]) =>
		faults.push({ kind, panels: found.map(({ id }) => id) });
	for (const [at, panel] of panels.entries()) {
		const { place, kind } = panel;
		if (
			place.x + place.width > GRID.columns ||
			place.y + place.height > GRID.rows
		)
			tell("outside", [panel]);
		const [width, height] = PANEL_KINDS[kind].least;
		if (place.width < width || place.height < height)
			tell("too-small", [panel]);
		for (const other of panels.slice(at + 1)) {
			if (other.id === panel.id) tell("same-id", [panel, other]);
			if (overlaps(place, other.place)) tell("overlap", [panel, other]);
		}
		const { of } = PANEL_KINDS[kind];
		if (
			(of === "address" && panel.address === "") ||
			(of === "text" && panel.text.trim() === "") ||
			(of === "picture" && panel.picture === undefined)
		)
			tell("empty", [panel]);
	}
	const maps = panels.filter(({ kind }) => PANEL_KINDS[kind].map);
	if (maps.length > MOST_MAPS) tell("many-maps", maps);
	return faults;
}

/**
 * The first free place for a panel, in reading order: as large as wished, or the largest that is left, and never smaller than it can be read at.
 * @param wished columns and rows
 * @returns null where none is left
 */
export function freePlace(
	panels: readonly { place: Place }[],
	kind: PanelKind,
	wished: readonly [number, number],
): Place | null {
	const [leastWidth, leastHeight] = PANEL_KINDS[kind].least;
	let best: Place | null = null;
	for (let y = 0; y + leastHeight <= GRID.rows; y++)
		for (let x = 0; x + leastWidth <= GRID.columns; x++)
			for (
				let height = Math.min(wished[1], GRID.rows - y);
				height >= leastHeight;
				height--
			)
				for (
					let width = Math.min(wished[0], GRID.columns - x);
					width >= leastWidth;
					width--
				) {
					const place = { x, y, width, height };
					if (best && width * height <= best.width * best.height) continue;
					if (!panels.some((panel) => overlaps(panel.place, place)))
						best = place;
				}
	return best;
}

/** A step by which a panel is moved or made larger with the keys. */
export interface Step {
	readonly x?: number;
	readonly y?: number;
	readonly width?: number;
	readonly height?: number;
}

/** The panels after one was moved or changed its size by a step; as they were where it would leave the grid, lie over another or be too small to be read. */
export function stepped(
	panels: readonly ScenePanel[],
	id: string,
	step: Step,
): readonly ScenePanel[] {
	const next = panels.map((panel) =>
		panel.id === id
			? {
					...panel,
					place: {
						x: panel.place.x + (step.x ?? 0),
						y: panel.place.y + (step.y ?? 0),
						width: panel.place.width + (step.width ?? 0),
						height: panel.place.height + (step.height ?? 0),
					},
				}
			: panel,
	);
	const { place } = next.find((panel) => panel.id === id) ?? {};
	const isWhole =
		Place.safeParse(place).success &&
		!faultsOf(next).some(
			({ kind, panels: found }) =>
				found.includes(id) &&
				(kind === "outside" || kind === "overlap" || kind === "too-small"),
		);
	return isWhole ? next : panels;
}
