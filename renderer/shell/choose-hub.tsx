import {
	Alert,
	Button,
	FileButton,
	PasswordInput,
	TextInput,
} from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { FileInput, Radio } from "lucide-react";
import { useState } from "react";
import {
	ChooseHub as ChooseHubCommand,
	HubKeyId,
} from "../../core/api/installation.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { ask, BackendError, order } from "../state/ask.ts";
import styles from "./first-start.module.css";

/** What a `hub.json` of an administrator says, as far as it is known here. */
function readHubFile(text: string): Record<string, string> | null {
	try {
		const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
		if (typeof value !== "object" || value === null) return null;
		return Object.fromEntries(
			Object.entries(value).filter(([, part]) => typeof part === "string"),
		);
	} catch {
		return null;
	}
}

/** Asks a workstation that follows no hub which one it shall follow: by hand, or by an administrator's file. */
export function ChooseHub() {
	const { t } = useLanguage();
	const [url, setUrl] = useState("");
	const [publicKey, setPublicKey] = useState("");
	const [credential, setCredential] = useState("");
	const [snapshot, setSnapshot] = useState("");
	const [badFile, setBadFile] = useState(false);
	const check = useMutation({
		mutationFn: () => ask(HubKeyId, { key: publicKey.trim() }),
	});
	const follow = useMutation({
		mutationFn: () =>
			order(ChooseHubCommand, {
				url: url.trim(),
				publicKey: publicKey.trim(),
				credential: credential.trim() || null,
				snapshot: snapshot.trim() || null,
			}),
	});
	const changed = (change: () => void): void => {
		change();
		check.reset();
		follow.reset();
	};
	const read = async (file: File | null): Promise<void> => {
		const found = file && readHubFile(await file.text());
		changed(() => {
			setBadFile(found === null);
			setUrl(found?.url ?? "");
			setPublicKey(found?.publicKey ?? "");
			setCredential(found?.credential ?? "");
			setSnapshot(found?.snapshot ?? "");
		});
	};
	const known = check.data;
	const failed = check.error ?? follow.error;
	if (follow.isSuccess)
		return <p role="status">{t("chooseHub.followed", { url })}</p>;
	return (
		<form
			className={styles.form}
			data-testid="choose-hub"
			onSubmit={(event) => {
				event.preventDefault();
				if (known && "keyId" in known) follow.mutate();
				else check.mutate();
			}}
		>
			<p>{t("chooseHub.help")}</p>
			<FileButton
				onChange={(file) => void read(file)}
				accept="application/json,.json"
			>
				{(props) => (
					<Button
						{...props}
						variant="default"
						leftSection={<FileInput size="1.1em" aria-hidden />}
					>
						{t("chooseHub.file")}
					</Button>
				)}
			</FileButton>
			{badFile && (
				<Alert color="red" role="alert">
					{t("chooseHub.badFile")}
				</Alert>
			)}
			<TextInput
				label={t("chooseHub.url")}
				placeholder="https://hub.example.go.id"
				type="url"
				value={url}
				required
				onChange={(event) => {
					const { value } = event.currentTarget;
					changed(() => setUrl(value));
				}}
			/>
			<TextInput
				label={t("chooseHub.key")}
				description={t("chooseHub.keyHelp")}
				value={publicKey}
				required
				spellCheck={false}
				autoComplete="off"
				error={
					known && "fault" in known
						? t(
								known.fault === "private-key"
									? "chooseHub.secretKey"
									: "chooseHub.badKey",
							)
						: null
				}
				onChange={(event) => {
					const { value } = event.currentTarget;
					changed(() => setPublicKey(value));
				}}
			/>
			<PasswordInput
				visibilityToggleButtonProps={{ "aria-label": t("app.showSecret") }}
				label={t("chooseHub.credential")}
				description={t("chooseHub.credentialHelp")}
				value={credential}
				autoComplete="off"
				minLength={32}
				onChange={(event) => {
					const { value } = event.currentTarget;
					changed(() => setCredential(value));
				}}
			/>
			<TextInput
				label={t("chooseHub.snapshot")}
				description={t("chooseHub.snapshotHelp")}
				placeholder={t("chooseHub.snapshotExample")}
				value={snapshot}
				spellCheck={false}
				autoComplete="off"
				maxLength={500}
				onChange={(event) => {
					setSnapshot(event.currentTarget.value);
					follow.reset();
				}}
			/>
			{known && "keyId" in known && (
				<Alert role="status" data-testid="choose-hub-compare">
					<p>{t("chooseHub.compare")}</p>
					<output className={styles.keyId}>
						{known.keyId.match(/.{4}/g)?.join(" ")}
					</output>
				</Alert>
			)}
			{failed && (
				<Alert color="red" role="alert">
					<p>
						{t(
							failed instanceof BackendError && failed.code === "hub-snapshot"
								? "chooseHub.badSnapshot"
								: "chooseHub.failed",
						)}
					</p>
					<small className={styles.detail}>{failed.message}</small>
				</Alert>
			)}
			<Button
				type="submit"
				leftSection={<Radio size="1.1em" aria-hidden />}
				loading={check.isPending || follow.isPending}
			>
				{known && "keyId" in known
					? t("chooseHub.follow")
					: t("chooseHub.check")}
			</Button>
		</form>
	);
}
