@"%~dp0node.exe" "%~dp0hub\cli.ts" %*
