import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { LogIn } from "lucide-react";
import { useState } from "react";
import type { SignInAnswer } from "../../core/api/session.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useSession, useSignIn } from "../state/session.ts";
import styles from "./first-start.module.css";
import { LanguageSwitch } from "./language-switch.tsx";

/** Before a person has signed in nothing of a real dataset is shown. */
export function SignIn() {
	const { t } = useLanguage();
	const { data: session } = useSession();
	const signIn = useSignIn();
	const [name, setName] = useState("");
	const [password, setPassword] = useState("");
	const answer = signIn.data ?? null;
	return (
		<main className={styles.page} data-testid="sign-in">
			<form
				className={`${styles.card} ${styles.form}`}
				onSubmit={(event) => {
					event.preventDefault();
					signIn.mutate({ name, password });
				}}
			>
				<header>
					<img src="./icon.svg" alt="" />
					<h1>{t("app.name")}</h1>
					<LanguageSwitch />
				</header>
				<h2>{t("signIn.title")}</h2>
				<p>{t("signIn.help")}</p>
				<TextInput
					label={t("signIn.name")}
					value={name}
					autoComplete="username"
					autoCapitalize="none"
					autoFocus
					required
					onChange={(event) => setName(event.currentTarget.value)}
				/>
				<PasswordInput
					visibilityToggleButtonProps={{ "aria-label": t("app.showSecret") }}
					label={t("signIn.password")}
					value={password}
					autoComplete="current-password"
					required
					onChange={(event) => setPassword(event.currentTarget.value)}
				/>
				<Refusal answer={answer} error={signIn.error} />
				{session?.ended && !answer && (
					<Alert color="yellow" role="alert" data-testid="sign-in-ended">
						{t(`signIn.ended.${session.ended.why}`, {
							person: session.ended.display,
						})}
					</Alert>
				)}
				{session?.outbox.kind === "damaged" && (
					<Alert color="red" role="alert" data-testid="sign-in-damaged">
						{t("signIn.damaged", { path: session.outbox.setAside })}
					</Alert>
				)}
				{session?.outbox.kind === "none" && (
					<Alert color="yellow">{t("signIn.noOutbox")}</Alert>
				)}
				<Button
					type="submit"
					leftSection={<LogIn size="1.1em" aria-hidden />}
					loading={signIn.isPending}
				>
					{t("signIn.enter")}
				</Button>
			</form>
		</main>
	);
}

/** Why somebody is not signed in, and what to do now. */
function Refusal({
	answer,
	error,
}: {
	answer: SignInAnswer | null;
	error: Error | null;
}) {
	const { t } = useLanguage();
	const text = error
		? t("signIn.failed", { message: error.message })
		: answer?.kind === "refused"
			? t("signIn.refused")
			: answer?.kind === "wait"
				? t("signIn.wait", { seconds: Math.ceil(answer.milliseconds / 1000) })
				: answer?.kind === "unknown-offline"
					? t("signIn.unknownOffline")
					: answer?.kind === "elsewhere"
						? t("signIn.elsewhere")
						: null;
	return text === null ? null : (
		<Alert color="red" role="alert">
			{text}
		</Alert>
	);
}
