import { Loader } from "@mantine/core";
import { CheckCheck, Trash2, Undo2 } from "lucide-react";
import { isOnItsWay } from "../../../core/api/decided.ts";
import {
	ApproveRelease,
	DiscardRelease,
	ReleasePreview,
	type ReleaseRow,
	WithdrawRelease,
} from "../../../core/api/releases.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { FormBox } from "../../parts/decision/form-box.tsx";
import { ReasonForm } from "../../parts/decision/reason-form.tsx";
import { Panel } from "../../parts/ui/panel.tsx";
import { Waiting } from "../../parts/ui/pending-value.tsx";
import { useAnswer, useCommand } from "../../state/answers.ts";
import { useDraftForm } from "../../state/drafts.ts";
import { useOutbox } from "../../state/outbox.ts";
import { useSession } from "../../state/session.ts";
import styles from "./data-terbuka.module.css";
import { ReleaseFailure } from "./release-failure.tsx";

const STEPS = {
	approve: { command: ApproveRelease, icon: CheckCheck },
	discard: { command: DiscardRelease, icon: Trash2 },
	withdraw: { command: WithdrawRelease, icon: Undo2 },
} as const;
type Step = keyof typeof STEPS;

/** A release: how it was made, what the attack found, what differs, who decided, and the decisions that are open. */
export function ReleasePanel({ release }: { release: ReleaseRow }) {
	const { t, format } = useLanguage();
	const { number, recipe, attack, steps } = release;
	const of = (value: number) => format.number(value);
	const {
		data: preview,
		error,
		refetch,
	} = useAnswer(ReleasePreview, { release: number, on: null });
	const changes = preview?.changes;
	return (
		<Panel
			title={t("openData.release", { number })}
			subtitle={t(`openData.status.${release.status}`)}
			tools={
				<Decisions
					key={number}
					release={release}
					isSeen={preview !== undefined}
				/>
			}
			testId="release"
		>
			<div
				className={styles.scroll}
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
				tabIndex={0}
			>
				{release.outdatedBy !== null && (
					<p className={styles.warn} role="status">
						{t("openData.outdatedBy", { number: release.outdatedBy })}
					</p>
				)}
				<p>
					{t("openData.made", {
						...{ at: format.time(release.at), seq: of(release.seq) },
						...{ recipe: recipe.name, version: recipe.version },
					})}{" "}
					{t("openData.threshold", {
						...{ threshold: of(recipe.threshold), delay: of(recipe.delay) },
						rounding: of(recipe.rounding),
					})}
				</p>
				<h3>{t("openData.attack")}</h3>
				<p data-testid="release-attack">
					{t("openData.attackFound", {
						...{ secrets: of(attack.secrets), programs: of(attack.programs) },
						...{ tooClose: of(attack.tooClose), small: of(attack.small) },
						beside: of(attack.beside),
					})}
				</p>
				<h3>{t("openData.decided")}</h3>
				{steps.length === 0 && <p>{t("openData.undecided")}</p>}
				{steps.map(({ kind, at, display, note }) => (
					<p key={`${kind} ${at}`} data-testid="release-step">
						<b>{display}</b> {t(`openData.step.${kind}`)} · {format.time(at)}:{" "}
						{note}
					</p>
				))}
				{error ? (
					<ReleaseFailure error={error} again={refetch} />
				) : (
					!preview && <Loader size="sm" />
				)}
				<h3>{t("openData.changes")}</h3>
				<p data-testid="release-changes">
					{changes
						? t("openData.changedFrom", {
								...{ against: changes.against, added: of(changes.added) },
								...{ changed: of(changes.changed), gone: of(changes.gone) },
								newlyShown: of(changes.newlyShown),
								newlyWithheld: of(changes.newlyWithheld),
							})
						: preview && t("openData.first")}
				</p>
				<h3>{t("openData.shares")}</h3>
				{preview && <Shares shares={preview.shares} />}
			</div>
		</Panel>
	);
}

function Shares({
	shares,
}: {
	shares: readonly {
		indicator: IndicatorKey;
		level: "nation" | "province" | "regency";
		withheld: number;
		reported: number;
	}[];
}) {
	const { t, format } = useLanguage();
	return (
		<table className={styles.table} data-testid="release-shares">
			<thead>
				<tr>
					<th scope="col">{t("openData.column.indicator")}</th>
					<th scope="col">{t("openData.column.level")}</th>
					<th scope="col" className={styles.number}>
						{t("openData.column.withheld")}
					</th>
					<th scope="col" className={styles.number}>
						{t("openData.column.reported")}
					</th>
				</tr>
			</thead>
			<tbody>
				{shares.map(({ indicator, level, withheld, reported }) => (
					<tr key={`${indicator} ${level}`}>
						<th scope="row">{t(`indicator.${indicator}`)}</th>
						<td>{t(`level.${level}`)}</td>
						<td className={styles.number}>{format.number(withheld)}</td>
						<td className={styles.number}>{format.number(reported)}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

/** What can be decided of a release as it stands, by whoever sits here. */
function Decisions({
	release,
	isSeen,
}: {
	release: ReleaseRow;
	/** What the public would see of it is on the screen. */
	isSeen: boolean;
}) {
	const { t } = useLanguage();
	const { data: session } = useSession();
	const waits = useOutbox().some(
		(entry) =>
			Object.values(STEPS).some(({ command }) => command.name === entry.name) &&
			(entry.request as { release: number }).release === release.number &&
			isOnItsWay(entry.stage),
	);
	if (waits)
		return <Waiting testId="release-waiting">{t("openData.waiting")}</Waiting>;
	const { status, steps } = release;
	if (status === "public") return <Decide step="withdraw" release={release} />;
	if (status !== "draft" && status !== "approved-once") return null;
	const isOwn = steps.some(
		({ kind, person }) =>
			kind === "approve" && person === session?.person?.name,
	);
	return (
		<span className={styles.tools}>
			{isOwn ? (
				<span data-testid="release-own">{t("openData.ownApproval")}</span>
			) : (
				release.outdatedBy === null &&
				isSeen && <Decide step="approve" release={release} />
			)}
			<Decide step="discard" release={release} />
		</span>
	);
}

function Decide({ step, release }: { step: Step; release: ReleaseRow }) {
	const { t } = useLanguage();
	const form = useDraftForm();
	const order = useCommand(STEPS[step].command);
	const help =
		step === "approve"
			? release.status === "draft"
				? t("openData.approve.first")
				: t("openData.approve.second")
			: t(`openData.${step}.help`);
	return (
		<FormBox
			form={form}
			icon={STEPS[step].icon}
			label={t(`openData.${step}.open`)}
			testId={`release-${step}`}
			position="bottom-end"
		>
			<ReasonForm
				testId={`release-${step}-form`}
				does={t(`openData.${step}.order`)}
				form={form}
				undoable={false}
				order={(reason) =>
					order.mutateAsync({ release: release.number, reason })
				}
			>
				<p>
					<b>{t("openData.release", { number: release.number })}</b> ·{" "}
					{release.note}
				</p>
				<p>{help}</p>
			</ReasonForm>
		</FormBox>
	);
}
