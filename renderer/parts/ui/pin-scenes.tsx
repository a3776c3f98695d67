import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { Pin } from "lucide-react";
import { useState } from "react";
import { mayAt } from "../../../core/api/session.ts";
import { KeepScene, RemoveScene, WallsOf } from "../../../core/api/walls.ts";
import { pinned } from "../../../core/wall/pin.ts";
import type { PanelKind, Scene } from "../../../core/wall/scene.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer, useCommand } from "../../state/answers.ts";
import { useSession } from "../../state/session.ts";
import styles from "./panel.module.css";
import { pinnedAddress } from "./pinned-address.ts";

/** What became of the last order; `back`: what is kept to take it back. */
type Said =
	| { what: "pinned"; scene: Scene; x: number; y: number; back: () => unknown }
	| { what: "takenBack" | "tooLong" | "tooMany" }
	| { what: "failed"; message: string };

export interface PinProps {
	kind: PanelKind;
	what: string;
	/** What the address has to say besides, where nobody chose it and the screen did. */
	at?: Readonly<Record<string, string>>;
}

/** The button of a panel and the scenes to which it can be pinned, for whoever may arrange walls. */
export default function PinScenes({ kind, what, at }: PinProps) {
	const { t } = useLanguage();
	const { data: session } = useSession();
	const [opened, setOpened] = useState(false);
	const [said, setSaid] = useState<Said | null>(null);
	const { data: walls } = useAnswer(WallsOf, {}, { enabled: opened });
	const keep = useCommand(KeepScene);
	const remove = useCommand(RemoveScene);
	const label = t("pin.of", { what });
	const trying = (work: () => Promise<Said | null>) => {
		work().then(setSaid, (reason: unknown) =>
			setSaid({
				what: "failed",
				message: reason instanceof Error ? reason.message : String(reason),
			}),
		);
	};
	const pin = (before: Scene | null) =>
		trying(async () => {
			const address = pinnedAddress(window.location.hash, at);
			if (address === null) return { what: "tooLong" };
			const panel = { id: crypto.randomUUID(), kind, address };
			const empty = {
				id: crypto.randomUUID(),
				name: what.slice(0, 80),
				panels: [],
				notes: "",
			};
			const next = pinned(before ?? empty, panel);
			if (typeof next === "string") return null;
			const kept = await keep.mutateAsync(next.scene);
			if (kept?.became !== "kept") return { what: "tooMany" };
			return {
				...{ what: "pinned", scene: next.scene },
				...{ x: next.place.x + 1, y: next.place.y + 1 },
				// Of what others arranged meanwhile nothing is lost: this panel alone goes, or the scene that was made for it.
				back: () =>
					before
						? keep.mutateAsync(withoutPanel(next.scene, panel.id))
						: remove.mutateAsync({ id: next.scene.id }),
			};
		});
	/** The scene as it is by now, without what was pinned. */
	const withoutPanel = (scene: Scene, id: string): Scene => {
		const now = walls?.scenes.find((one) => one.id === scene.id) ?? scene;
		return { ...now, panels: now.panels.filter((panel) => panel.id !== id) };
	};
	if (!session || !mayAt(session, KeepScene)) return null;
	return (
		<Menu
			opened={opened}
			onChange={(open) => {
				setOpened(open);
				if (open) setSaid(null);
			}}
			position="bottom-end"
			width="22rem"
			closeOnItemClick={false}
		>
			<Menu.Target>
				<Tooltip label={t("pin.action")} disabled={opened}>
					<ActionIcon
						variant="subtle"
						size="sm"
						color="gray"
						className={styles.pin}
						aria-label={label}
						data-pin={kind}
						data-what={what}
						data-testid={`pin-${kind}`}
					>
						<Pin size="1em" />
					</ActionIcon>
				</Tooltip>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Label>{label}</Menu.Label>
				{said?.what !== "pinned" && (
					<>
						{walls?.scenes.map((scene) => {
							const found = pinned(scene, { id: "new", kind, address: "#/" });
							const why = typeof found === "string" ? found : null;
							return (
								<Menu.Item
									key={scene.id}
									disabled={why !== null}
									rightSection={why && <small>{t(`pin.${why}`)}</small>}
									onClick={() => pin(scene)}
								>
									{scene.name}
								</Menu.Item>
							);
						})}
						<Menu.Item data-testid="pin-new" onClick={() => pin(null)}>
							{t("pin.newScene", { what })}
						</Menu.Item>
					</>
				)}
				{said && (
					<div className={styles.pinned} role="status" data-testid="pin-said">
						{said.what === "pinned"
							? t("pin.pinned", {
									scene: said.scene.name,
									x: said.x,
									y: said.y,
								})
							: said.what === "failed"
								? t("pin.failed", { message: said.message })
								: t(`pin.${said.what}`)}
					</div>
				)}
				{said?.what === "pinned" && (
					<>
						<Menu.Item
							data-testid="pin-undo"
							onClick={() =>
								trying(async () => {
									await said.back();
									return { what: "takenBack" };
								})
							}
						>
							{t("pin.undo")}
						</Menu.Item>
						<Menu.Item
							component="a"
							data-testid="pin-open"
							href={`#/dinding?of=${said.scene.id}`}
						>
							{t("pin.open")}
						</Menu.Item>
					</>
				)}
			</Menu.Dropdown>
		</Menu>
	);
}
