import { Alert, Button, Menu, Textarea, TextInput } from "@mantine/core";
import { Plus } from "lucide-react";
import { type KeyboardEvent, useMemo, useState } from "react";
import ReactGridLayout, { getCompactor, type Layout } from "react-grid-layout";
import "react-grid-layout/css/styles.css";
import { KeepScene } from "../../../core/api/walls.ts";
import {
	faultsOf,
	freePlace,
	GRID,
	LONGEST_NOTES,
	MOST_MAPS,
	MOST_PANELS,
	PANEL_KEYS,
	PANEL_KINDS,
	type PanelKind,
	type Scene,
	type ScenePanel,
	type Step,
	stepped,
} from "../../../core/wall/scene.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Space } from "../../parts/ui/panel.tsx";
import { useCommand } from "../../state/answers.ts";
import { useDraftGuard } from "../../state/drafts.ts";
import styles from "./desk.module.css";
import { newId } from "./new-id.ts";
import { PanelForm } from "./panel-form.tsx";
import { ScenePanelView } from "./scene-panel.tsx";
import { Shrunk, useStage } from "./stage.tsx";
import { useNow } from "./wall-run.ts";

/** Nothing moves by itself, and nothing is pushed away: what lies in the way stays there. */
const STAYS = getCompactor(null, false, true);

/** As large as a new panel would like to be, in columns and rows. */
const WISHED = [6, 4] as const;

const STEPS: Readonly<Record<string, Step>> = {
	ArrowLeft: { x: -1 },
	ArrowRight: { x: 1 },
	ArrowUp: { y: -1 },
	ArrowDown: { y: 1 },
};
const SIZES: Readonly<Record<string, Step>> = {
	ArrowLeft: { width: -1 },
	ArrowRight: { width: 1 },
	ArrowUp: { height: -1 },
	ArrowDown: { height: 1 },
};

/** Arranges a scene: panels are dragged, pulled larger, or moved with the keys; what each shows is set beside. */
export function SceneEditor({
	scene,
	done,
}: {
	scene: Scene;
	done: () => void;
}) {
	const { t } = useLanguage();
	const [name, setName] = useState(scene.name);
	const [panels, setPanels] = useState<readonly ScenePanel[]>(scene.panels);
	const [notes, setNotes] = useState(scene.notes);
	const [chosenId, setChosen] = useState<string | null>(null);
	const [full, setFull] = useState(false);
	const keep = useCommand(KeepScene);
	const dirty =
		name !== scene.name || panels !== scene.panels || notes !== scene.notes;
	useDraftGuard(dirty && !keep.isSuccess);
	const [now] = useNow(null);
	const { box, size } = useStage();
	const faults = faultsOf(panels);
	const chosen = panels.find(({ id }) => id === chosenId) ?? null;
	const maps = panels.filter(({ kind }) => PANEL_KINDS[kind].map).length;
	const add = (kind: PanelKind) => {
		const place = freePlace(panels, kind, WISHED);
		setFull(place === null);
		if (!place) return;
		const panel: ScenePanel = {
			...{ id: newId(), kind, staleAfter: null, place },
			address: PANEL_KINDS[kind].of === "address" ? START[kind] : "",
			text: PANEL_KINDS[kind].of === "text" ? t("walls.text") : "",
		};
		setPanels([...panels, panel]);
		setChosen(panel.id);
	};
	const remove = (id: string) => {
		setPanels(panels.filter((panel) => panel.id !== id));
		setFull(false);
	};
	const onKey = (event: KeyboardEvent, id: string) => {
		const step = (event.shiftKey ? SIZES : STEPS)[event.key];
		if (step) setPanels(stepped(panels, id, step));
		else if (event.key === "Delete") remove(id);
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	const moved = (layout: Layout) =>
		setPanels((before) =>
			before.map((panel) => {
				const at = layout.find(({ i }) => i === panel.id);
				return at
					? { ...panel, place: { x: at.x, y: at.y, width: at.w, height: at.h } }
					: panel;
			}),
		);
	const layout = useMemo(
		(): Layout =>
			panels.map(({ id, kind, place }) => ({
				...{ i: id, x: place.x, y: place.y, w: place.width, h: place.height },
				...{
					minW: PANEL_KINDS[kind].least[0],
					minH: PANEL_KINDS[kind].least[1],
				},
			})),
		[panels],
	);
	return (
		<section className={styles.part} aria-label={scene.name}>
			<div className={styles.bar}>
				<TextInput
					size="xs"
					className={styles.name}
					aria-label={t("walls.name")}
					data-testid="scene-name"
					value={name}
					maxLength={80}
					onChange={(event) => setName(event.currentTarget.value)}
				/>
				<Menu position="bottom-start" width="22rem">
					<Menu.Target>
						<Button
							size="xs"
							variant="default"
							leftSection={<Plus size="1em" aria-hidden />}
							disabled={panels.length >= MOST_PANELS}
							data-testid="add-panel"
						>
							{t("walls.addPanel")}
						</Button>
					</Menu.Target>
					<Menu.Dropdown>
						{PANEL_KEYS.map((kind) => {
							const thirdMap = PANEL_KINDS[kind].map && maps >= MOST_MAPS;
							return (
								<Menu.Item
									key={kind}
									disabled={thirdMap}
									title={thirdMap ? t("walls.mostMaps") : undefined}
									onClick={() => add(kind)}
								>
									{t(`walls.panel.${kind}`)}
								</Menu.Item>
							);
						})}
					</Menu.Dropdown>
				</Menu>
				<Space />
				<Button
					size="xs"
					variant="default"
					data-testid="cancel-scene"
					onClick={done}
				>
					{t("walls.cancel")}
				</Button>
				<Button
					size="xs"
					variant="default"
					loading={keep.isPending}
					disabled={!dirty || name.trim() === "" || faults.length > 0}
					data-testid="save-scene"
					onClick={async () => {
						const kept = await keep
							.mutateAsync({
								...{ ...scene, name: name.trim(), notes },
								panels: [...panels],
							})
							.catch(() => null);
						if (kept?.became === "kept") done();
					}}
				>
					{t("walls.save")}
				</Button>
			</div>
			{(keep.error || keep.data?.became === "too-many") && (
				<Alert color="red" role="alert">
					{keep.error
						? t("walls.failed", { message: keep.error.message })
						: t("walls.tooMany")}
				</Alert>
			)}
			{full && (
				<Alert color="yellow" role="alert">
					{t("walls.noRoom")}
				</Alert>
			)}
			{faults.length > 0 && (
				<Alert color="yellow" role="alert" data-testid="scene-faults">
					{[
						...new Set(faults.map(({ kind }) => t(`walls.fault.${kind}`))),
					].join(" ")}
				</Alert>
			)}
			<div className={styles.editor}>
				<div ref={box} className={styles.stage}>
					{size && (
						<div
							className={styles.screen}
							data-editing
							style={{ width: size.width, height: size.height }}
							data-testid="editor"
						>
							<ReactGridLayout
								width={size.width}
								layout={layout}
								autoSize={false}
								style={{ height: size.height }}
								compactor={STAYS}
								gridConfig={{
									cols: GRID.columns,
									rowHeight: size.height / GRID.rows,
									maxRows: GRID.rows,
									margin: [0, 0],
									containerPadding: [0, 0],
								}}
								dragConfig={{ bounded: true }}
								resizeConfig={{ handles: ["se"] }}
								onDragStop={moved}
								onResizeStop={moved}
							>
								{panels.map((panel) => (
									<div
										key={panel.id}
										className={styles.tile}
										data-chosen={panel.id === chosenId || undefined}
										data-testid={`tile-${panel.kind}`}
									>
										<Shrunk scale={size.scale}>
											<ScenePanelView panel={panel} now={now} />
										</Shrunk>
										<button
											type="button"
											className={styles.grip}
											data-testid="grip"
											aria-pressed={panel.id === chosenId}
											aria-label={t("walls.panelAt", {
												panel: t(`walls.panel.${panel.kind}`),
												x: panel.place.x + 1,
												y: panel.place.y + 1,
												width: panel.place.width,
												height: panel.place.height,
											})}
											onFocus={() => setChosen(panel.id)}
											onMouseDown={() => setChosen(panel.id)}
											onKeyDown={(event) => onKey(event, panel.id)}
										/>
									</div>
								))}
							</ReactGridLayout>
						</div>
					)}
				</div>
				<aside className={styles.form}>
					{chosen ? (
						<PanelForm
							key={chosen.id}
							panel={chosen}
							change={(part) =>
								setPanels((before) =>
									before.map((panel) =>
										panel.id === chosen.id ? { ...panel, ...part } : panel,
									),
								)
							}
							remove={() => remove(chosen.id)}
						/>
					) : (
						<p className="muted">{t("walls.selectPanel")}</p>
					)}
					<p className="muted">{t("walls.keysHelp")}</p>
					<Textarea
						size="xs"
						label={t("walls.notes")}
						description={t("walls.notesHelp")}
						data-testid="scene-notes"
						autosize
						minRows={2}
						maxRows={8}
						maxLength={LONGEST_NOTES}
						value={notes}
						onChange={(event) => setNotes(event.currentTarget.value)}
					/>
				</aside>
			</div>
		</section>
	);
}

/** What a new panel shows before anything is chosen. */
const START: Readonly<Record<PanelKind, string>> = {
	kpi: "#/situasi",
	map: "#/situasi?map=province",
	"time-lapse": "#/situasi?map=province",
	spread: "#/sebaran?map=province",
	curve: "#/sebaran",
	trend: "#/situasi",
	rt: "#/situasi",
	"rt-map": "#/epidemi",
	projection: "#/epidemi?view=proyeksi",
	ranking: "#/situasi",
	table: "#/situasi",
	shortage: "#/logistik",
	"first-out": "#/logistik",
	"stock-map": "#/logistik",
	"plan-map": "#/logistik?view=kirim",
	laboratory: "#/logistik?view=laboratorium",
	laboratories: "#/logistik?view=laboratorium",
	facility: "#/logistik?view=fasilitas",
	referral: "#/rujukan",
	"referral-map": "#/rujukan",
	sources: "",
	clock: "",
	text: "",
	image: "",
};
