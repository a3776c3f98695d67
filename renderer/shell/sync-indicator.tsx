import { Button, Popover, Progress, UnstyledButton } from "@mantine/core";
import {
	CircleAlert,
	CircleCheck,
	CircleSlash,
	CloudOff,
	Download,
} from "lucide-react";
import type { SyncState } from "../../core/api/state.ts";
import { RetrySync } from "../../core/api/state.ts";
import { Preparing } from "../../core/feed/preparing.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { order } from "../state/ask.ts";
import { useConnection } from "../state/connection.ts";
import styles from "./sync-indicator.module.css";

const ICONS = {
	idle: CircleCheck,
	receiving: Download,
	offline: CloudOff,
	error: CircleAlert,
	none: CircleSlash,
} as const;

/** The hub's own work, not the line's. */
const MAKING = new Set<string>(Preparing.shape.what.options);

/** What synchronisation is doing, and what a person may do about it. */
export function SyncIndicator() {
	const { t } = useLanguage();
	const sync = useConnection((connection) => connection.state?.sync);
	if (!sync) return null;
	const Icon = ICONS[sync.kind];
	const label = t(
		sync.kind === "receiving" && MAKING.has(sync.what)
			? "sync.making"
			: `sync.${sync.kind}`,
	);
	return (
		<Popover width="22rem" position="bottom-end" shadow="md" trapFocus>
			<Popover.Target>
				<UnstyledButton
					className={styles.sync}
					data-kind={sync.kind}
					data-testid="sync-state"
					aria-label={`${t("sync.label")}: ${label}`}
				>
					<Icon size="1.1em" aria-hidden />
					<span>{label}</span>
					{sync.kind === "receiving" && sync.total > 0 && (
						<Progress
							value={(sync.done / sync.total) * 100}
							w="4rem"
							size="sm"
							aria-label={label}
						/>
					)}
				</UnstyledButton>
			</Popover.Target>
			<Popover.Dropdown>
				<SyncDetail sync={sync} />
			</Popover.Dropdown>
		</Popover>
	);
}

/** The state in a sentence; the same words on the first-start screen. */
export function SyncDetail({ sync }: { sync: SyncState }) {
	const { t, format } = useLanguage();
	const stored = useConnection(
		({ state }) => (state?.dataset ?? null) !== null,
	);
	const shown = stored ? ` ${t("sync.stored")}` : "";
	const retry = (
		<Button
			size="compact-sm"
			mt="xs"
			onClick={() => void order(RetrySync, {})}
			data-testid="sync-retry"
		>
			{t("app.retry")}
		</Button>
	);
	switch (sync.kind) {
		case "idle":
			return (
				<p>{t("sync.idleSince", { time: format.time(sync.checkedAt) })}</p>
			);
		case "receiving":
			return (
				<>
					<p>{t(`sync.${sync.what}`)}</p>
					<Progress
						value={sync.total > 0 ? (sync.done / sync.total) * 100 : 0}
						aria-label={t(`sync.${sync.what}`)}
					/>
					<p>
						{sync.what === "exercise" || sync.what === "details"
							? t("start.days", {
									done: format.number(sync.done),
									total: format.number(sync.total),
								})
							: sync.what === "publishing"
								? t("start.publishing")
								: sync.what === "segments"
									? t("start.publications", {
											done: format.number(sync.done),
											total: format.number(sync.total),
										})
									: t("start.progress", {
											done: format.number(sync.done / 1e6),
											total: format.number(sync.total / 1e6),
										})}
					</p>
				</>
			);
		case "offline":
			return (
				<>
					<p>
						{t("sync.offlineSince", {
							time: format.time(sync.since),
							next: format.time(sync.nextTryAt),
						})}
						{shown}
					</p>
					{retry}
				</>
			);
		case "error":
			return (
				<>
					<p role="alert">
						{t(`sync.todo.${sync.code}`)}
						{shown}
					</p>
					<p>
						<small>
							{t("sync.since", { time: format.time(sync.since) })} ·{" "}
							{sync.message}
						</small>
					</p>
					{retry}
				</>
			);
		case "none":
			return <p>{t("sync.noneHelp")}</p>;
	}
}
