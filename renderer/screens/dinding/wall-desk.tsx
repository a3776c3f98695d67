import {
	ActionIcon,
	Alert,
	Button,
	FileButton,
	SegmentedControl,
	Tooltip,
	UnstyledButton,
} from "@mantine/core";
import { Download, Plus, Undo2, Upload } from "lucide-react";
import { useState } from "react";
import {
	ImportScenes,
	KeepGrid,
	KeepScene,
	TakeBackWallChange,
	WallPicture,
	WallsOf,
} from "../../../core/api/walls.ts";
import { NEW_GRID } from "../../../core/wall/grid.ts";
import { picturesIn, type Scene } from "../../../core/wall/scene.ts";
import { BROUGHT_FILES } from "../../../core/workspace/file-ending.ts";
import { writeVersioned } from "../../../core/workspace/versioned-file.ts";
import { SCENES_FILE } from "../../../core/workspace/walls.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { ScreenProps } from "../../navigation/screen-props.ts";
import { PanelNotice, Space } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import { useAnswer, useCommand } from "../../state/answers.ts";
import { ask, BackendError } from "../../state/ask.ts";
import { leave } from "../../state/drafts.ts";
import { useSearch } from "../../state/search.ts";
import styles from "./desk.module.css";
import { DeviceDesk } from "./device-desk.tsx";
import { base64Of } from "./given-picture.ts";
import { GridDesk } from "./grid-desk.tsx";
import { newId } from "./new-id.ts";
import { PlaylistDesk } from "./playlist-desk.tsx";
import { SceneDesk } from "./scene-desk.tsx";
import { WALL_PARTS, wallSearch } from "./search.ts";
import { Sketch } from "./sketch.tsx";
import { useMayArrange } from "./use-may-arrange.ts";
import { type ShownWalls, useWalls } from "./use-walls.ts";
import { WallWindowList } from "./wall-window-list.tsx";

/** Where the walls are arranged: their scenes and playlists, and what each looks like. */
export default function WallDesk(_: ScreenProps) {
	const { t } = useLanguage();
	const walls = useWalls();
	const asked = useAnswer(WallsOf, {});
	const [search, changeSearch] = useSearch(wallSearch);
	const { part, of } = search;
	if (!walls)
		return (
			<main className={styles.desk}>
				{asked.error ? (
					<PanelFailure error={asked.error} again={asked.refetch} />
				) : (
					<PanelNotice>{t("app.loading")}</PanelNotice>
				)}
			</main>
		);
	const list =
		part === "scenes"
			? walls.scenes
			: part === "playlists"
				? walls.playlists
				: part === "grids"
					? walls.grids
					: [];
	const chosen = list.find(({ id }) => id === of) ?? list[0];
	const choose = (id: string) => leave(() => changeSearch({ of: id }));
	return (
		<main className={styles.desk}>
			<aside className={styles.aside}>
				<SegmentedControl
					size="xs"
					fullWidth
					aria-label={t("walls.views")}
					data-testid="wall-part"
					value={part}
					data={WALL_PARTS.map((one) => ({
						value: one,
						label: t(
							one === "devices" || one === "grids"
								? `${one}.title`
								: `walls.${one}`,
						),
					}))}
					onChange={(one) =>
						leave(() => changeSearch({ part: one as typeof part, of: "" }))
					}
				/>
				<ul
					className={styles.list}
					data-testid="wall-list"
					hidden={part === "devices"}
				>
					{list.map((one) => (
						<li key={one.id}>
							<UnstyledButton
								className={styles.entry}
								aria-current={one.id === chosen?.id}
								onClick={() => choose(one.id)}
							>
								{"panels" in one && <Sketch scene={one} />}
								<span>
									{one.name}
									{"columns" in one && (
										<small>
											{t("grids.size", {
												columns: one.columns,
												rows: one.rows,
											})}
										</small>
									)}
									{walls.ships(one.id) && (
										<small>
											{t(
												walls.isKept(one.id)
													? "walls.changedHere"
													: "walls.shipped",
											)}
										</small>
									)}
								</span>
							</UnstyledButton>
						</li>
					))}
				</ul>
				{part !== "devices" && (
					<ListTools walls={walls} choose={choose} part={part} />
				)}
				<WallWindowList />
			</aside>
			{part === "devices" ? (
				<DeviceDesk walls={walls} />
			) : part === "grids" ? (
				chosen && "columns" in chosen ? (
					<GridDesk key={chosen.id} grid={chosen} walls={walls} />
				) : (
					<PanelNotice>{t("grids.none")}</PanelNotice>
				)
			) : part === "scenes" ? (
				chosen && "panels" in chosen ? (
					<SceneDesk
						key={chosen.id}
						scene={chosen}
						walls={walls}
						choose={choose}
					/>
				) : (
					<PanelNotice>{t("walls.chooseScene")}</PanelNotice>
				)
			) : (
				chosen &&
				"entries" in chosen && (
					<PlaylistDesk
						key={chosen.id}
						playlist={chosen}
						walls={walls}
						choose={choose}
					/>
				)
			)}
		</main>
	);
}

/** What became of the last order, in words; null: nothing to say. */
type Said = "imported" | "damaged" | "newer" | "tooMany" | { failed: string };

function ListTools({
	walls,
	choose,
	part,
}: {
	walls: ShownWalls;
	choose: (id: string) => void;
	part: "scenes" | "playlists" | "grids";
}) {
	const { t, format } = useLanguage();
	const may = useMayArrange();
	const keep = useCommand(KeepScene);
	const keepGrid = useCommand(KeepGrid);
	const takeBack = useCommand(TakeBackWallChange);
	const bring = useCommand(ImportScenes);
	const { save, notice } = useSave();
	const [said, setSaid] = useState<Said | null>(null);
	const trying = (work: () => Promise<Said | null>) => {
		setSaid(null);
		work().then(setSaid, (reason: unknown) =>
			setSaid({
				failed: reason instanceof Error ? reason.message : String(reason),
			}),
		);
	};
	const { last } = walls;
	return (
		<div className={styles.tools}>
			{may && part === "scenes" && (
				<Button
					size="xs"
					variant="default"
					leftSection={<Plus size="1em" aria-hidden />}
					data-testid="new-scene"
					onClick={() =>
						leave(() =>
							trying(async () => {
								const scene: Scene = {
									id: newId(),
									name: t("walls.newSceneName"),
									panels: [],
									notes: "",
								};
								const kept = await keep.mutateAsync(scene);
								if (kept?.became === "too-many") return "tooMany";
								choose(scene.id);
								return null;
							}),
						)
					}
				>
					{t("walls.newScene")}
				</Button>
			)}
			{may && part === "grids" && (
				<Button
					size="xs"
					variant="default"
					leftSection={<Plus size="1em" aria-hidden />}
					data-testid="new-grid"
					onClick={() =>
						trying(async () => {
							const id = newId();
							const kept = await keepGrid.mutateAsync({
								...NEW_GRID,
								...{ id, name: t("grids.newName") },
							});
							if (kept?.became === "too-many") return "tooMany";
							choose(id);
							return null;
						})
					}
				>
					{t("grids.add")}
				</Button>
			)}
			<Space />
			{may && last && (
				<Tooltip
					label={`${t("walls.takeBack", { name: last.name })} · ${t(
						"walls.takenBackHelp",
						{
							time: format.time(last.at),
							by: last.by || t("walls.somebody"),
						},
					)}`}
				>
					<ActionIcon
						variant="default"
						aria-label={t("walls.takeBack", { name: last.name })}
						data-testid="wall-take-back"
						onClick={() =>
							leave(() =>
								trying(async () => {
									await takeBack.mutateAsync({});
									return null;
								}),
							)
						}
					>
						<Undo2 size="1em" />
					</ActionIcon>
				</Tooltip>
			)}
			<Tooltip label={t("walls.export")}>
				<ActionIcon
					variant="default"
					aria-label={t("walls.export")}
					data-testid="wall-export"
					onClick={() =>
						void save(
							t("walls.fileName"),
							async () =>
								writeVersioned(SCENES_FILE, {
									scenes: [...walls.scenes],
									playlists: [...walls.playlists],
									pictures: await picturesFor(walls.scenes),
								}),
							"application/json",
						)
					}
				>
					<Download size="1em" />
				</ActionIcon>
			</Tooltip>
			{may && (
				<FileButton
					accept={BROUGHT_FILES}
					onChange={(file) => {
						if (file)
							trying(async () => {
								const done = await bring.mutateAsync({
									text: await file.text(),
								});
								return done?.became === "kept"
									? "imported"
									: done?.became === "too-many"
										? "tooMany"
										: (done?.became ?? null);
							});
					}}
				>
					{(props) => (
						<Tooltip label={t("walls.import")}>
							<ActionIcon
								{...props}
								variant="default"
								aria-label={t("walls.import")}
								data-testid="wall-import"
							>
								<Upload size="1em" />
							</ActionIcon>
						</Tooltip>
					)}
				</FileButton>
			)}
			{notice}
			{said && (
				<Alert
					className={styles.said}
					color={said === "imported" ? "green" : "red"}
					role={said === "imported" ? "status" : "alert"}
					withCloseButton
					closeButtonLabel={t("app.close")}
					onClose={() => setSaid(null)}
				>
					{typeof said === "object"
						? t("walls.failed", { message: said.failed })
						: t(`walls.${said}`)}
				</Alert>
			)}
		</div>
	);
}

/** The pictures of scenes, as a file of them has them: of one that is not kept here any more there is none. */
async function picturesFor(
	scenes: readonly Scene[],
): Promise<Record<string, string>> {
	const pictures: Record<string, string> = {};
	for (const id of new Set(picturesIn(scenes)))
		try {
			const { body } = await ask(WallPicture, { id });
			pictures[id] = await base64Of(body);
		} catch (reason) {
			if (!(reason instanceof BackendError && reason.status === 404))
				throw reason;
		}
	return pictures;
}
