; Parts of the installer for Windows that electron-builder includes by this name.

; There the machine's administrator says which hub is followed (docs/desktop.md): made by whoever comes first, anybody could. Only the
; folder itself is closed, not what another account may have put into it, nor where a link in its place leads (/L). By numbers that are the
; same in every language: Administrators, SYSTEM, Users. Removing the application leaves it.
!macro customInstall
  StrCpy $R0 "$INSTDIR" 2
  StrCpy $R0 "$R0\ProgramData\BLC Command"
  CreateDirectory "$R0"
  nsExec::Exec '"$SYSDIR\icacls.exe" "$R0" /setowner *S-1-5-32-544 /L /Q'
  Pop $R1
  nsExec::Exec '"$SYSDIR\icacls.exe" "$R0" /reset /L /Q'
  Pop $R1
  nsExec::Exec '"$SYSDIR\icacls.exe" "$R0" /inheritance:r /grant:r *S-1-5-32-544:(OI)(CI)F *S-1-5-18:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX /L /Q'
  Pop $R1
!macroend

!macro customUnInstall
  ; An update removes the version before it, and a silent removal asks nobody: the data stays.
  ${ifNot} ${isUpdated}
    ${ifNot} ${Silent}
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Hapus juga data BLC Command akun ini? Perintah yang belum terkirim ikut hilang.$\r$\n$\r$\nRemove the data of this account too? Commands that were not sent yet are lost." /SD IDNO IDNO blcKeepData
        SetShellVarContext current
        RMDir /r "$LOCALAPPDATA\blc-command"
        SetShellVarContext all
      blcKeepData:
    ${endIf}
  ${endIf}
!macroend
