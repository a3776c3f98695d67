import { Button, Popover } from "@mantine/core";
import { Inbox } from "lucide-react";
import type { CommandMessage } from "../../core/api/command-message.ts";
import type { Stage } from "../../core/api/decided.ts";
import { OverrideValue, Undo } from "../../core/api/decisions.ts";
import { type OutboxEntry, RemoveFromOutbox } from "../../core/api/outbox.ts";
import type { Command } from "../../core/api/route.ts";
import { RetrySync } from "../../core/api/state.ts";
import { useLanguage } from "../i18n/use-language.ts";
import {
	DecisionWhat,
	useDecisionWords,
} from "../parts/decision/decision-words.tsx";
import { UndoButton } from "../parts/decision/undo-button.tsx";
import { useCommand } from "../state/answers.ts";
import { order } from "../state/ask.ts";
import { useConnection } from "../state/connection.ts";
import { useOutbox } from "../state/outbox.ts";
import { useMay } from "../state/session.ts";
import styles from "./tray.module.css";

/** In this order the tray says how many there are. */
const STAGES = [
	"refused",
	"recalled",
	"waiting",
	"unpublished",
	"arriving",
] as const;

/** What was ordered on this workstation and is not yet in the figures: never lost, never silent. */
export function Tray() {
	const { t, format } = useLanguage();
	const may = useMay(OverrideValue);
	const entries = useOutbox();
	if (!may && entries.length === 0) return null;
	const counts = STAGES.map((stage) => ({
		stage,
		count: entries.filter((entry) => entry.stage === stage).length,
	})).filter(({ count }) => count > 0);
	const said = counts
		.map(({ stage, count }) =>
			t(`tray.count.${stage}`, { count: format.number(count) }),
		)
		.join(", ");
	return (
		<Popover width="30rem" position="bottom-end" shadow="md">
			<Popover.Target>
				<Button
					size="xs"
					variant={counts.length > 0 ? "light" : "default"}
					color={
						counts.some(
							({ stage }) => stage === "refused" || stage === "recalled",
						)
							? "red"
							: counts.length > 0
								? "yellow"
								: undefined
					}
					title={`${t("tray.title")}: ${said || t("tray.nothing")}`}
					data-testid="tray"
				>
					<Inbox size="1.1em" aria-hidden />
					<span className={styles.word}>{t("tray.title")}</span>
					{counts.length > 0 && (
						<span>
							{format.number(counts.reduce((sum, { count }) => sum + count, 0))}
						</span>
					)}
				</Button>
			</Popover.Target>
			<Popover.Dropdown>
				<section className={styles.tray} aria-label={t("tray.title")}>
					<h2>{t("tray.title")}</h2>
					<p data-testid="tray-counts">{said || t("tray.nothing")}</p>
					<ul>
						{entries.map((entry) => (
							<Entry key={entry.id} entry={entry} />
						))}
					</ul>
				</section>
			</Popover.Dropdown>
		</Popover>
	);
}

function Entry({ entry }: { entry: OutboxEntry & { stage: Stage } }) {
	const { t, format } = useLanguage();
	const words = useDecisionWords();
	const remove = useCommand(RemoveFromOutbox);
	const retry = useCommand(RetrySync);
	const { stage, refusal } = entry;
	// In a restored hub the number of a file or of a row of the trail may be that of another one by now.
	const canBeSentAgain =
		stage !== "recalled" || entry.name === OverrideValue.name;
	return (
		<li data-stage={stage} data-testid={`tray-${entry.id}`}>
			<p>
				<DecisionWhat name={entry.name} request={entry.request} />
			</p>
			<p>
				<small>
					{entry.person.display} · {format.time(entry.givenAt)} ·{" "}
					{t(`decision.stage.${stage}`)}
				</small>
			</p>
			{stage === "waiting" && (
				<p data-testid="tray-why">
					{entry.problem === "hub-away"
						? t("tray.waits.hub-away")
						: entry.problem === "sign-in"
							? t("tray.waits.sign-in", { person: entry.person.display })
							: t("tray.waits.next")}
				</p>
			)}
			{refusal && (
				<p role="alert" data-testid="tray-refusal">
					{words.refusal(refusal)}
				</p>
			)}
			{stage === "recalled" && (
				<p role="alert" data-testid="tray-recalled">
					{t(canBeSentAgain ? "tray.recalled" : "tray.recalledByNumber")}
				</p>
			)}
			<div className="row-end">
				{stage === "waiting" && (
					<>
						<Button
							size="compact-xs"
							variant="default"
							onClick={() => retry.mutate({})}
						>
							{t("tray.sendNow")}
						</Button>
						<Button
							size="compact-xs"
							variant="default"
							data-testid="tray-take-back"
							onClick={() => remove.mutate({ id: entry.id })}
						>
							{t("tray.takeBack")}
						</Button>
					</>
				)}
				{(stage === "refused" || stage === "recalled") && (
					<>
						{canBeSentAgain && (
							<Button
								size="compact-xs"
								variant="default"
								data-testid="tray-again"
								onClick={async () => {
									await again(entry);
									remove.mutate({ id: entry.id });
								}}
							>
								{t(stage === "recalled" ? "tray.sendAgain" : "tray.again")}
							</Button>
						)}
						<Button
							size="compact-xs"
							variant="default"
							data-testid="tray-clear"
							onClick={() => remove.mutate({ id: entry.id })}
						>
							{t("tray.clear")}
						</Button>
					</>
				)}
				{stage === "shown" &&
					entry.audit !== null &&
					entry.name !== Undo.name && <UndoButton audit={entry.audit} />}
			</div>
		</li>
	);
}

/** Orders the same again, decided on what is on the screen now. */
async function again({
	name,
	request,
}: Pick<CommandMessage, "name" | "request">) {
	// All that may be ordered is fetched only here: what a window reads before it draws anything stays small.
	const { COMMANDS } = await import("../../core/api/all.ts");
	const command = (Object.values(COMMANDS) as Command[]).find(
		(one) => one.name === name,
	);
	if (command)
		await order(
			command,
			request as never,
			useConnection.getState().state?.dataset?.seq ?? null,
		);
}
