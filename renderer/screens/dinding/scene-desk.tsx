import { Alert, Button, Menu } from "@mantine/core";
import { Copy, History, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import {
	KeepScene,
	RemoveScene,
	SceneVersions,
} from "../../../core/api/walls.ts";
import type { Scene } from "../../../core/wall/scene.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Space } from "../../parts/ui/panel.tsx";
import { useAnswer, useCommand } from "../../state/answers.ts";
import styles from "./desk.module.css";
import { newId } from "./new-id.ts";
import { SceneEditor } from "./scene-editor.tsx";
import { SceneGrid } from "./scene-grid.tsx";
import { ShowButtons } from "./show-buttons.tsx";
import { Stage } from "./stage.tsx";
import { useMayArrange } from "./use-may-arrange.ts";
import type { ShownWalls } from "./use-walls.ts";
import { useNow } from "./wall-run.ts";

/** A scene as the wall would show it, and what can be done with it. */
export function SceneDesk({
	scene,
	walls,
	choose,
}: {
	scene: Scene;
	walls: ShownWalls;
	choose: (id: string) => void;
}) {
	const { t } = useLanguage();
	// A scene without a panel is there to be filled.
	const [editing, setEditing] = useState(scene.panels.length === 0);
	const may = useMayArrange();
	const keep = useCommand(KeepScene);
	const remove = useCommand(RemoveScene);
	const [now] = useNow(null);
	const failure = keep.error ?? remove.error;
	const tooMany = keep.data?.became === "too-many";
	if (editing && may)
		return <SceneEditor scene={scene} done={() => setEditing(false)} />;
	const shipped = walls.ships(scene.id);
	return (
		<section className={styles.part} aria-label={scene.name}>
			<div className={styles.bar}>
				<h2>{scene.name}</h2>
				<Space />
				{may && (
					<>
						<Button
							size="xs"
							variant="default"
							leftSection={<Pencil size="1em" aria-hidden />}
							data-testid="edit-scene"
							onClick={() => setEditing(true)}
						>
							{t("walls.edit")}
						</Button>
						<Button
							size="xs"
							variant="default"
							leftSection={<Copy size="1em" aria-hidden />}
							data-testid="copy-scene"
							onClick={async () => {
								const copy = {
									...scene,
									id: newId(),
									name: t("walls.copyOf", { name: scene.name }).slice(0, 80),
								};
								const kept = await keep.mutateAsync(copy).catch(() => null);
								if (kept?.became === "kept") choose(copy.id);
							}}
						>
							{t("walls.copy")}
						</Button>
						<Versions scene={scene} use={(earlier) => keep.mutate(earlier)} />
						{(walls.isKept(scene.id) || !shipped) && (
							<Button
								size="xs"
								variant="default"
								leftSection={<Trash2 size="1em" aria-hidden />}
								data-testid="remove-scene"
								onClick={() => remove.mutate({ id: scene.id })}
							>
								{t(shipped ? "walls.restoreShipped" : "walls.remove")}
							</Button>
						)}
					</>
				)}
			</div>
			{(failure || tooMany) && (
				<Alert color="red" role="alert">
					{tooMany
						? t("walls.tooMany")
						: t("walls.failed", { message: failure?.message ?? "" })}
				</Alert>
			)}
			<Stage>
				<SceneGrid scene={scene} now={now} />
			</Stage>
			<ShowButtons show={`scene.${scene.id}`} />
		</section>
	);
}

function Versions({
	scene,
	use,
}: {
	scene: Scene;
	use: (earlier: Scene) => void;
}) {
	const { t, format } = useLanguage();
	const [opened, setOpened] = useState(false);
	const { data } = useAnswer(
		SceneVersions,
		{ scene: scene.id },
		{ enabled: opened },
	);
	return (
		<Menu
			opened={opened}
			onChange={setOpened}
			position="bottom-end"
			width="24rem"
		>
			<Menu.Target>
				<Button
					size="xs"
					variant="default"
					leftSection={<History size="1em" aria-hidden />}
					data-testid="scene-versions"
				>
					{t("walls.versions")}
				</Button>
			</Menu.Target>
			<Menu.Dropdown>
				{data?.length === 0 && <Menu.Label>{t("walls.noVersions")}</Menu.Label>}
				{data?.map(({ at, by, scene: earlier }) => (
					<Menu.Item
						key={at}
						rightSection={t("walls.bringBack")}
						onClick={() => use(earlier)}
					>
						{earlier.name}
						<small className={styles.when}>
							{t("walls.version", {
								time: format.time(at),
								by: by || t("walls.somebody"),
							})}
						</small>
					</Menu.Item>
				))}
			</Menu.Dropdown>
		</Menu>
	);
}
