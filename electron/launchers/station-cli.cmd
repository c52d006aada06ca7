@rem The command line of an installed station, on the Node it brings.
@"%~dp0..\node\node.exe" "%~dp0..\app.asar.unpacked\out\core\cli.js" %*
