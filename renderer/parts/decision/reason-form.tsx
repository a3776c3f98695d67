import { Alert, Button, Textarea } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import { BackendError } from "../../state/ask.ts";
import { type DraftForm, useDraftGuard } from "../../state/drafts.ts";
import styles from "./decision.module.css";

/** As short as the contract takes a reason (core/api/decisions). */
export const LEAST_REASON = 5;

/** What will change, why, and the one button that does it. */
export function ReasonForm({
	children,
	does,
	order,
	form,
	testId,
	ready = true,
	begun = false,
	undoable = true,
}: {
	/** What will change by it, said before. */
	children: ReactNode;
	/** The words of the button. */
	does: string;
	/** Orders it. @throws when it cannot be kept */
	order: (reason: string) => Promise<unknown>;
	form: DraftForm;
	testId: string;
	/** Whether everything else that is asked for is there. */
	ready?: boolean;
	/** Whether something of it has been filled in. */
	begun?: boolean;
	undoable?: boolean;
}) {
	const { t } = useLanguage();
	const [reason, setReason] = useState("");
	const [error, setError] = useState<Error | null>(null);
	const [busy, setBusy] = useState(false);
	// What is being sent is no draft any more: nobody is asked about it.
	const dirty = !busy && (begun || reason !== "");
	useDraftGuard(dirty);
	const { note } = form;
	useEffect(() => {
		note(dirty);
		return () => note(false);
	}, [note, dirty]);
	const short = reason.trim().length < LEAST_REASON;
	return (
		<form
			className={styles.form}
			data-testid={testId}
			onSubmit={async (event) => {
				event.preventDefault();
				event.stopPropagation();
				if (short || !ready) return;
				setBusy(true);
				try {
					await order(reason.trim());
					form.done();
				} catch (met) {
					setError(met as Error);
					setBusy(false);
				}
			}}
		>
			{children}
			<Textarea
				label={t("decision.reason")}
				description={t("decision.reasonHelp")}
				value={reason}
				autosize
				minRows={2}
				maxLength={500}
				required
				data-testid={`${testId}-reason`}
				onChange={(event) => setReason(event.currentTarget.value)}
			/>
			{undoable && <p className={styles.note}>{t("decision.whoUndoes")}</p>}
			{error && (
				<Alert color="red" role="alert">
					<NotKept error={error} />
				</Alert>
			)}
			<div className="row-end">
				<Button size="xs" variant="default" onClick={form.close}>
					{t("decision.leave")}
				</Button>
				<Button
					size="xs"
					type="submit"
					loading={busy}
					disabled={short || !ready}
					data-testid={`${testId}-order`}
				>
					{does}
				</Button>
			</div>
		</form>
	);
}

/** Why a command could not even be kept. */
function NotKept({ error }: { error: Error }) {
	const { t } = useLanguage();
	const code = error instanceof BackendError ? error.code : "";
	return (
		<>
			{code === "no-person"
				? t("decision.notKept.person")
				: code === "no-outbox"
					? t("signIn.noOutbox")
					: code === "not-allowed"
						? t("decision.notKept.notAllowed")
						: t("decision.notKept.other", { message: error.message })}
		</>
	);
}
